// Whether a Docker engine answers here, by its own API over its socket. Starts nothing on it.
import { request, type RequestOptions } from 'node:http';
import { z } from 'zod';
import { RiachoError } from '../words/errors.ts';

const answerMs = 1_000;
const usualSocket = 'unix:///var/run/docker.sock';
/** The longest answer that is read. */
const answerBytes = 64 * 1024;

const version = z.object({ Version: z.string() });

/** As docker's own client understands `DOCKER_HOST`; TLS is not spoken here. */
function placeOf(address: string): RequestOptions | undefined {
  const path = /^unix:\/\/(\/.+)$/.exec(address)?.[1];
  if (path !== undefined) return { socketPath: path };
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isHttp = url?.protocol === 'tcp:' || url?.protocol === 'http:';
  return url && isHttp ? { host: url.hostname, port: url.port || '2375' } : undefined;
}

function get(place: RequestOptions, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ ...place, path, signal: AbortSignal.timeout(answerMs) }, (response) => {
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

/** What was met, in no language: a system's code, or what an engine answered. */
function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return `${answerMs} ms`;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}

/** Resolves with the engine's version. Rejects with `DOCKER_NOT_RUNNING` {address, detail}. */
export async function askDocker(address = process.env['DOCKER_HOST'] || usualSocket): Promise<string> {
  try {
    const place = placeOf(address);
    if (place === undefined) throw new Error('DOCKER_HOST');
    await get(place, '/_ping');
    return version.parse(JSON.parse(await get(place, '/version'))).Version;
  } catch (error) {
    throw new RiachoError('DOCKER_NOT_RUNNING', { address, detail: detailOf(error) }, error);
  }
}
