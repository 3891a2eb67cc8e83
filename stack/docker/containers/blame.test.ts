// Whose fault it is, on the course's own services.
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { RiachoError, type ErrorCode, type ErrorParams } from '../../../words/errors.ts';
import { blamedFor } from './blame.ts';
import { readComposeFile } from '../compose/compose-file.ts';
import { servicesOf } from '../compose/plan.ts';

const path = fileURLToPath(new URL('../../../compose/docker-compose.yml', import.meta.url));
const services = servicesOf(await readComposeFile({ path, env: {} }), 'spark');
const all = ['broker', 'cassandra', 'spark-master', 'spark-worker-1'];

it.each<[string, ErrorCode, ErrorParams, string[]]>([
  ['its own service', 'SERVICE_EXITED', { service: 'kafka', exitCode: 1, line: '' }, ['broker']],
  ['all of an image', 'IMAGE_LIMIT', { image: 'apache/spark:3.5.4' }, ['spark-master', 'spark-worker-1']],
  ['every service', 'NOT_ENOUGH_MEMORY', { wanted: 8, found: 4 }, all],
  ['nobody', 'DOCKER_NOT_RUNNING', { address: 'a', detail: 'd' }, []],
  ['nobody', 'CANCELLED', {}, []],
])('is the fault of %s: %s', (_, code, params, expected) => {
  expect(blamedFor(new RiachoError(code, params), services).toSorted()).toEqual(expected);
});
