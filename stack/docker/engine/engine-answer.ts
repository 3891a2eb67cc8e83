// Asks one address whether a Docker engine is there, by its own API. Starts nothing on it.
import { readFile } from 'node:fs/promises';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { join } from 'node:path';
import { z } from 'zod';
import { codeOf, messageOf } from './error-parts.ts';
import type { EnginePlace } from './engine-places.ts';

const answerMs = 1_000;
/** The longest answer that is read. */
const answerBytes = 64 * 1024;

const answered = z.object({ Version: z.string(), ApiVersion: z.string() });

/** How to reach an engine: as both Node's requests and dockerode take it. */
export interface Way {
  // Without these three, dockerode would mix in what DOCKER_HOST says.
  host: string | undefined;
  port: string | undefined;
  protocol: 'http' | 'https' | undefined;
  socketPath: string | undefined;
  ca?: Buffer;
  cert?: Buffer;
  key?: Buffer;
}

async function keysIn(folder: string): Promise<Pick<Way, 'ca' | 'cert' | 'key'>> {
  const read = (name: string) => readFile(join(folder, name)).catch(() => undefined);
  const [ca, cert, key] = await Promise.all([read('ca.pem'), read('cert.pem'), read('key.pem')]);
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}

/** Undefined for an address of a kind that is not spoken here, `ssh://` above all. */
export async function wayTo({ address, tlsFolder }: EnginePlace): Promise<Way | undefined> {
  const socketPath = /^(?:unix|npipe):\/\/(\/.+)$/.exec(address)?.[1];
  if (socketPath !== undefined) return { host: undefined, port: undefined, protocol: undefined, socketPath };
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !['tcp:', 'http:', 'https:'].includes(url.protocol)) return undefined;
  const keys = tlsFolder === undefined ? {} : await keysIn(tlsFolder);
  const isSecured = url.protocol === 'https:' || tlsFolder !== undefined;
  return {
    host: url.hostname.replace(/[[\]]/g, ''),
    port: url.port || (isSecured ? '2376' : '2375'),
    protocol: isSecured ? 'https' : 'http',
    socketPath: undefined,
    ...keys,
  };
}

function get(way: Way, path: string): Promise<string> {
  const { host, port, socketPath, ca, cert, key } = way;
  const options = { host, port, socketPath, ca, cert, key, path, signal: AbortSignal.timeout(answerMs) };
  return new Promise((resolve, reject) => {
    const asked = (way.protocol === 'https' ? tlsRequest : plainRequest)(options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > answerBytes) response.destroy(new Error('too long'));
      });
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`HTTP ${response.statusCode}`));
      });
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** Resolves with the versions of the engine and of its API; each of two answers has a second. */
export async function askEngine(way: Way): Promise<{ version: string; apiVersion: string }> {
  await get(way, '/_ping');
  const { Version, ApiVersion } = answered.parse(JSON.parse(await get(way, '/version')));
  return { version: Version, apiVersion: ApiVersion };
}

/** What was met, in no language: a system's code, or what an engine answered. */
export function metWords(error: unknown): string {
  const isLate = error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');
  return isLate ? `${answerMs} ms` : (codeOf(error) ?? messageOf(error));
}
