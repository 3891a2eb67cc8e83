// The API out of order in mid-run, in each of its ways: the run waits, says why, and goes on.
import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventually, openLab, testData, type Lab } from '../integration/lab.ts';
import { resumeWithinMs, ride } from './ride.ts';
import { drawing, outageMs, seeds } from './seeds.ts';

const troubles: Record<string, (response: ServerResponse) => void> = {
  'too many questions (429)': (response) => response.writeHead(429).end('{"error":"slow down"}'),
  'a page of HTML with 403': (response) =>
    response.writeHead(403, { 'content-type': 'text/html' }).end('<html><h1>Forbidden</h1></html>'),
  'an error of its own (500)': (response) => response.writeHead(500).end(),
  'half an answer': (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '90000' });
    response.write('{"results":[{"gender":"fem', () => response.destroy());
  },
  'no answer at all': (response) => response.destroy(),
};

/** Answers as randomuser.me does, with recorded users, as many as are asked for; or as it is told to. */
class Api {
  trouble: ((response: ServerResponse) => void) | undefined;
  /** Questions that met the trouble. */
  refused = 0;
  #users: unknown[] = [];
  readonly #server = createServer((request, response) => {
    if (this.trouble) {
      this.refused += 1;
      this.trouble(response);
      return;
    }
    const asked = Number(new URL(request.url ?? '/', 'http://x').searchParams.get('results'));
    const results = Array.from({ length: asked }, (_, index) => this.#users[index % this.#users.length]);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ results }));
  });

  async open(): Promise<string> {
    const text = await readFile(testData('randomuser-answer.json'), 'utf8');
    this.#users = z.object({ results: z.array(z.unknown()) }).parse(JSON.parse(text)).results;
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { port } = z.object({ port: z.number() }).parse(this.#server.address());
    return `http://127.0.0.1:${port}/api/`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

describe('the API answers with', () => {
  const api = new Api();
  let url: string;
  let lab: Lab;
  beforeAll(async () => {
    url = await api.open();
    lab = await openLab();
  });
  afterAll(async () => {
    api.close();
    await lab?.close();
  });

  it.each(seeds.flatMap((seed) => Object.keys(troubles).map((name) => ({ name, seed }))))(
    '$name (seed $seed)',
    async ({ name, seed }) => {
      // Asked for ten seconds' worth at a time: the second question falls into the trouble.
      expect(
        await ride(
          lab,
          { count: 660, rate: 60, share: drawing(seed)(0.15, 0.4) },
          {
            strike: () => {
              api.refused = 0;
              api.trouble = troubles[name];
            },
            lastsMs: 0,
            end: async () => {
              await eventually('the API was asked', () => api.refused > 0);
              await delay(outageMs);
              api.trouble = undefined;
            },
          },
          '--url',
          url,
        ),
      ).toBeLessThan(resumeWithinMs);
      expect(api.refused).toBeGreaterThan(0);
    },
  );
});
