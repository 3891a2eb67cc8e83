// A registry of images on this machine that speaks just enough of the protocol to be pulled from, and to fail as a
// registry does. Docker takes any on 127.0.0.1 without TLS.
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';

export interface TestRegistry {
  /** `127.0.0.1:41234` */
  host: string;
  /** Paths asked for, in their order. */
  readonly asked: string[];
  /** Resolves when a layer that was being sent was given up by who fetched it. */
  readonly givenUp: Promise<void>;
}

export interface RegistryManner {
  /** Answers manifests with this status and code instead of an image. */
  refuse?: { status: number; code: string };
  /** Bytes of the layer a second; all at once without it. */
  bytesPerSecond?: number;
}

const manifestType = 'application/vnd.docker.distribution.manifest.v2+json';
const chunkBytes = 64 * 1024;
const tarBlock = 512;

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** An archive of one file. */
function tarOf(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(tarBlock);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const padding = Buffer.alloc((tarBlock - (content.length % tarBlock)) % tarBlock);
  return Buffer.concat([header, content, padding, Buffer.alloc(2 * tarBlock)]);
}

/** An image of one layer of `bytes` bytes that do not pack. */
function makeImage(bytes: number): { manifest: Buffer; blobs: Map<string, Buffer>; layer: string } {
  const tar = tarOf('noise', randomBytes(bytes));
  const layer = gzipSync(tar);
  const config = Buffer.from(
    JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      config: { Cmd: ['/noise'] },
      rootfs: { type: 'layers', diff_ids: [digestOf(tar)] },
    }),
  );
  const part = (mediaType: string, blob: Buffer) => ({
    mediaType,
    size: blob.length,
    digest: digestOf(blob),
  });
  const manifest = {
    schemaVersion: 2,
    mediaType: manifestType,
    config: part('application/vnd.docker.container.image.v1+json', config),
    layers: [part('application/vnd.docker.image.rootfs.diff.tar.gzip', layer)],
  };
  const blobs = new Map([config, layer].map((blob) => [digestOf(blob), blob]));
  return { manifest: Buffer.from(JSON.stringify(manifest)), blobs, layer: digestOf(layer) };
}

/** Every name and tag is an image of one layer of `bytes` bytes. It closes with the test. */
export async function openRegistry(bytes: number, manner: RegistryManner = {}): Promise<TestRegistry> {
  const { manifest, blobs, layer } = makeImage(bytes);
  const asked: string[] = [];
  const { promise: givenUp, resolve: giveUp } = Promise.withResolvers<void>();
  const send = (response: ServerResponse, body: Buffer, type: string) => {
    response.writeHead(200, {
      'content-type': type,
      'content-length': body.length,
      'docker-content-digest': digestOf(body),
    });
    response.end(body);
  };
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const [, kind, digest = ''] = /\/(manifests|blobs)\/(.+)$/.exec(path) ?? [];
    const blob = blobs.get(digest);
    if (kind === undefined) {
      response.writeHead(200, { 'docker-distribution-api-version': 'registry/2.0' });
      response.end('{}');
    } else if (kind === 'manifests' && manner.refuse) {
      const { status, code } = manner.refuse;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ errors: [{ code, message: code.toLowerCase() }] }));
    } else if (kind === 'manifests') send(response, manifest, manifestType);
    else if (blob && digest === layer && manner.bytesPerSecond !== undefined) {
      void trickle(response, blob, manner.bytesPerSecond).then((isWhole) => (isWhole ? undefined : giveUp()));
    } else if (blob) send(response, blob, 'application/octet-stream');
    else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return { host: `127.0.0.1:${address.port}`, asked, givenUp };
}

/** Whether all of it was wanted. */
async function trickle(response: ServerResponse, body: Buffer, bytesPerSecond: number): Promise<boolean> {
  response.writeHead(200, { 'content-length': body.length });
  for (let at = 0; at < body.length; at += chunkBytes) {
    if (response.destroyed) return false;
    response.write(body.subarray(at, at + chunkBytes));
    await delay((1_000 * chunkBytes) / bytesPerSecond);
  }
  response.end();
  return true;
}
