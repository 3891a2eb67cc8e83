// Images that are not here: fetched with progress, once each, and every way that can fail.
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import type { ServiceStep } from '../../words/stack.ts';
import { openRegistry, type RegistryManner } from './registry.ts';
import { image, serviceOf, smallStack, untilStatus, well, failureOf } from './small-stack.ts';

const mb = 1024 ** 2;

/** `secrets` is well without any pull; the lab's two share the image that is to be fetched. */
function services(wanted: string): string {
  return `
  secrets:
    image: ${image}
    networks: [net]
    command: ${well}
  broker:
    image: ${wanted}
    networks: [net]
    command: ${well}
  cassandra:
    image: ${wanted}
    networks: [net]
    command: ${well}
`;
}

it('shows how far an image is, fetches it once for all that use it, and says what it lacks', async () => {
  const registry = await openRegistry(3 * mb, { bytesPerSecond: 3 * mb });
  const wanted = `${registry.host}/course/kafka:1`;
  const stack = await smallStack(services(wanted));
  const { engine, docker } = stack;
  const up = engine.up({ leaveRunning: false });
  const failing = failureOf(up);
  const seen: Extract<ServiceStep, { kind: 'pulling' }>[] = [];
  for (let after = 0, isDone = false; !isDone;) {
    const { version, frame } = await engine.next(after);
    after = version;
    const step = serviceOf(frame, 'kafka')?.step;
    if (step?.kind === 'pulling') seen.push(step);
    else isDone = seen.length > 0;
  }
  // The image has nothing in it but noise: there is no shell to run.
  expect(await failing).toMatchObject({ code: 'SERVICE_EXITED' });
  expect(seen.at(0)?.image).toBe(wanted);
  const done = seen.map((step) => step.done);
  expect(done).toEqual(done.toSorted((a, b) => a - b));
  expect(new Set(done).size).toBeGreaterThan(3);
  expect(seen.at(-1)?.total).toBeGreaterThan(3 * mb);
  expect(registry.asked.filter((path) => path.includes('/blobs/'))).toHaveLength(2);
  expect(await stack.leftovers()).toEqual({ containers: [], networks: [], volumes: [] });
  await docker.getImage(wanted).remove();
});

it('stops fetching when the start is cancelled', async () => {
  const registry = await openRegistry(20 * mb, { bytesPerSecond: mb / 2 });
  const wanted = `${registry.host}/course/kafka:1`;
  const stack = await smallStack(services(wanted));
  const leaving = new AbortController();
  const up = stack.engine.up({ leaveRunning: false }, leaving.signal);
  const cancelled = failureOf(up);
  await untilStatus(stack.engine, (status) => {
    const step = serviceOf(status, 'kafka')?.step;
    return step?.kind === 'pulling' && step.done > 0;
  });
  leaving.abort();
  expect(await cancelled).toMatchObject({ code: 'CANCELLED' });
  await registry.givenUp;
  const { frame } = await stack.engine.next(0);
  expect(frame.stack).toBe('stopped');
  expect(await stack.leftovers()).toEqual({ containers: [], networks: [], volumes: [] });
});

const refusals: [string, RegistryManner['refuse'], string][] = [
  ['a tag that does not exist', { status: 404, code: 'MANIFEST_UNKNOWN' }, 'IMAGE_NOT_FOUND'],
  ['an image that is not for everyone', { status: 401, code: 'UNAUTHORIZED' }, 'IMAGE_NOT_FOUND'],
  ['the pull limit', { status: 429, code: 'TOOMANYREQUESTS' }, 'IMAGE_LIMIT'],
  ['a registry that is broken', { status: 500, code: 'UNKNOWN' }, 'IMAGE_UNREACHABLE'],
];
it.each(refusals)('says %s by the image’s name', async (_, refuse, code) => {
  const registry = await openRegistry(1, { ...(refuse && { refuse }) });
  const wanted = `${registry.host}/course/kafka:1`;
  const stack = await smallStack(services(wanted));
  await expect(stack.engine.up({ leaveRunning: false })).rejects.toMatchObject({
    code,
    params: { image: wanted },
  });
  const { frame } = await stack.engine.next(0);
  expect(frame.stack).toBe('failed');
  expect(serviceOf(frame, 'kafka')).toMatchObject({ state: 'failed', fault: { code } });
  expect(serviceOf(frame, 'cassandra')).toMatchObject({ state: 'failed', fault: { code } });
  expect(serviceOf(frame, 'secrets')).toMatchObject({ state: 'stopped' });
});

it('says a registry that is not there', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  await new Promise((resolve) => void server.close(resolve));
  const stack = await smallStack(services(`127.0.0.1:${port}/course/kafka:1`));
  await expect(stack.engine.up({ leaveRunning: false })).rejects.toMatchObject({
    code: 'IMAGE_UNREACHABLE',
    params: { detail: expect.stringContaining('refused') },
  });
});
