// A small server that answers as Airflow 2.10 did when it was asked the same (tests/data/airflow-answers.json). For tests.
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';

const recorded = z
  .record(z.string(), z.object({ status: z.number(), type: z.string(), body: z.unknown() }))
  .parse(
    JSON.parse(readFileSync(new URL('../../../tests/data/airflow-answers.json', import.meta.url), 'utf8')),
  );

/** By what is asked, without the DAG's own path: what is answered, by its name in the recording. */
const usual: Record<string, string> = {
  'GET ': 'dag',
  'PATCH ': 'unpaused',
  'GET /importErrors': 'no import errors',
  'GET /dagRuns': 'runs',
  'POST /dagRuns': 'triggered',
  'PATCH /dagRuns/<run>': 'stopped',
  'GET /dagRuns/<run>/taskInstances': 'failed tasks',
  'GET /dagRuns/<run>/taskInstances/streaming_task/logs/1': 'failed log',
};

export interface RecordedAirflow {
  page: string;
  password: string;
  /** What was asked, in order, with what was sent along. */
  asked: { what: string; body: unknown }[];
  /** From now on this is answered so: by a name in the recording, or as given. */
  say(what: string, answer: string | { status: number; body: unknown }): void;
  close(): Promise<void>;
}

export function bodyOf(name: string): unknown {
  return recorded[name]?.body;
}

export async function openRecordedAirflow(): Promise<RecordedAirflow> {
  const answers: Record<string, string | { status: number; body: unknown }> = { ...usual };
  const asked: RecordedAirflow['asked'] = [];
  const opened = { page: '', password: 'drawn-by-the-stack', asked };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '' } = request;
    const path = url
      .replace(/\?.*/, '')
      .replace(/^\/api\/v1(\/dags\/dsa-real-time-etl-stack)?/, '')
      .replace(/(?<=^\/dagRuns\/)[^/]+/, '<run>');
    const what = `${method} ${path}`;
    const login = Buffer.from(`admin:${opened.password}`).toString('base64');
    asked.push({ what, body: method === 'GET' ? undefined : await json(request) });
    const name = request.headers.authorization === `Basic ${login}` ? answers[what] : 'unauthorized';
    const found = typeof name === 'object' ? { type: 'application/json', ...name } : recorded[name ?? ''];
    response.writeHead(found?.status ?? 404, { 'content-type': found?.type ?? 'text/html' });
    response.end(typeof found?.body === 'string' ? found.body : JSON.stringify(found?.body));
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  opened.page = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}/` : '';
  return {
    ...opened,
    say(what, said) {
      answers[what] = said;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}
