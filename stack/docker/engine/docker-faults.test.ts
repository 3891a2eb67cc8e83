// What Docker and registries say, as they say it, and what a person is told.
import { describe, expect, it } from 'vitest';
import {
  asDockerError,
  asImageError,
  isEngineGone,
  statusOfAnswer,
  takenName,
  takenPort,
} from './docker-faults.ts';

const address = 'unix:///var/run/docker.sock';
const system = (code: string) => Object.assign(new Error(`connect ${code}`), { code });
const answer = (statusCode: number, text: string) =>
  Object.assign(new Error(`(HTTP code ${statusCode}) server error - ${text} `), { statusCode });

describe('an image', () => {
  it.each([
    ['manifest for apache/kafka:9 not found: manifest unknown: manifest unknown', 'IMAGE_NOT_FOUND'],
    [
      'pull access denied for nobody/nothing, repository does not exist or may require ‘docker login’: denied',
      'IMAGE_NOT_FOUND',
    ],
    ['Head "https://ghcr.io/v2/a/b/manifests/1": unauthorized', 'IMAGE_NOT_FOUND'],
    ['toomanyrequests: You have reached your pull rate limit. You may increase the limit', 'IMAGE_LIMIT'],
    ['received unexpected HTTP status: 429 Too Many Requests', 'IMAGE_LIMIT'],
    ['write /var/lib/docker/tmp/GetImageBlob1: no space left on device', 'DOCKER_DISK_FULL'],
    [
      'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host',
      'IMAGE_UNREACHABLE',
    ],
    ['Get "https://registry-1.docker.io/v2/": net/http: TLS handshake timeout', 'IMAGE_UNREACHABLE'],
  ])('cannot be had: %s', (said, code) => {
    expect(asImageError(new Error(said), 'i:1', address).code).toBe(code);
    expect(asImageError(answer(500, said), 'i:1', address).code).toBe(code);
  });

  it('is not to blame when the engine goes', () => {
    expect(asImageError(system('ECONNRESET'), 'i:1', address).code).toBe('DOCKER_NOT_RUNNING');
  });
});

describe('an engine', () => {
  it.each([
    ['ENOENT', 'DOCKER_NOT_RUNNING'],
    ['ECONNREFUSED', 'DOCKER_NOT_RUNNING'],
    ['EACCES', 'DOCKER_DENIED'],
  ])('that gives %s is %s', (code, expected) => {
    expect(asDockerError(system(code), address)).toMatchObject({ code: expected, params: { address } });
  });

  it('that answers anything else has refused, in its own words', () => {
    const known = asDockerError(
      answer(409, 'Conflict. The container name "/cassandra" is already in use'),
      address,
    );
    expect(known.code).toBe('DOCKER_REFUSED');
    expect(known.params).toEqual({ detail: 'Conflict. The container name "/cassandra" is already in use' });
    expect(asDockerError(known, address)).toBe(known);
  });

  it('is gone or is not', () => {
    expect(isEngineGone(asDockerError(system('EPIPE'), address))).toBe(true);
    expect(isEngineGone(answer(500, 'no'))).toBe(false);
    expect(statusOfAnswer(answer(404, 'no'))).toBe(404);
    expect(statusOfAnswer('no')).toBeUndefined();
  });
});

describe('a port that is taken', () => {
  it.each([
    'driver failed programming external connectivity on endpoint a (1f): Bind for 127.0.0.1:9092 failed: port is already allocated',
    'driver failed programming external connectivity on endpoint a (1f): Error starting userland proxy: listen tcp4 127.0.0.1:9092: bind: address already in use',
    'Ports are not available: exposing port TCP 127.0.0.1:9092 -> 127.0.0.1:0: listen tcp 127.0.0.1:9092: bind: Only one usage of each socket address',
    'failed to set up container networking: failed to bind host port for 127.0.0.1:9092:172.18.0.2:9092/tcp: address already in use',
  ])('is named: %s', (said) => {
    expect(takenPort(answer(500, said))).toBe(9092);
  });

  it('is not what every refusal is about', () => {
    expect(takenPort(answer(500, 'OCI runtime create failed: 127.0.0.1:9092'))).toBeUndefined();
  });
});

describe('a name that is taken', () => {
  it('is found in Docker’s sentence, as 20.10 says it, and in no other', () => {
    const said =
      'Conflict. The container name "/cassandra" is already in use by container "535c". You have to remove (or rename) that container to be able to reuse that name.';
    expect(takenName(answer(409, said))).toBe('cassandra');
    expect(takenName(answer(409, 'removal of container 535c is already in progress'))).toBeUndefined();
  });
});
