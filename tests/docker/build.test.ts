// A service whose image is built: with progress, once, again when its folder changes, and why where it cannot be.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ServiceStep } from '../../words/stack.ts';
import { openRegistry } from './registry.ts';
import { image, serviceOf, smallStack, well, type SmallStack, failureOf } from './small-stack.ts';

function services(tag: string): string {
  const built = `
    image: ${tag}
    build: ./airflow
    networks: [net]
    command: ${well}`;
  return `  broker:${built}\n  cassandra:${built}\n`;
}

async function write(stack: SmallStack, dockerfile: string): Promise<void> {
  await mkdir(join(stack.folder, 'airflow'), { recursive: true });
  await writeFile(join(stack.folder, 'airflow', 'Dockerfile'), dockerfile);
}

it('is built with progress, not again while nothing has changed, and again when something has', async () => {
  const tag = `riachotest-build:${process.pid}`;
  const stack = await smallStack(services(tag));
  const { engine, docker } = stack;
  await write(stack, `FROM ${image}\nCOPY . /here\nRUN sleep 1; echo one > /number\n`);
  const up = engine.up({ leaveRunning: false });
  const steps: ServiceStep[] = [];
  for (let after = 0, isUp = false; !isUp;) {
    const { version, frame } = await engine.next(after);
    after = version;
    isUp = frame.stack === 'healthy';
    const step = serviceOf(frame, 'cassandra')?.step;
    if (step?.kind === 'building') steps.push(step);
  }
  await up;
  expect(steps).toContainEqual({ kind: 'building', done: 2, total: 4 });
  const { Id: first } = await docker.getImage(tag).inspect();
  const containers = (await stack.containers()).map(({ Id }) => Id);

  await engine.up({ leaveRunning: false });
  expect((await docker.getImage(tag).inspect()).Id).toBe(first);
  expect((await stack.containers()).map(({ Id }) => Id)).toEqual(containers);

  await writeFile(join(stack.folder, 'airflow', 'new-file'), 'new');
  expect((await engine.up({ leaveRunning: false })).stack).toBe('healthy');
  const { Id: second } = await docker.getImage(tag).inspect();
  expect(second).not.toBe(first);
  expect((await stack.containers()).map(({ ImageID }) => ImageID)).toEqual([second, second]);
  await engine.reset();
  await docker.getImage(tag).remove();
  await docker.getImage(first).remove();
});

it('says the line that a step failed with', async () => {
  const tag = `riachotest-broken:${process.pid}`;
  const stack = await smallStack(services(tag));
  await write(stack, `FROM ${image}\nRUN echo looking; echo "ERROR: no such package" >&2; exit 7\n`);
  await expect(stack.engine.up({ leaveRunning: false })).rejects.toMatchObject({
    code: 'IMAGE_BUILD_FAILED',
    params: { service: 'kafka', line: 'ERROR: no such package' },
  });
  expect(await stack.leftovers()).toEqual({ containers: [], networks: [], volumes: [] });
});

it('says an image to build on that cannot be fetched by its own name', async () => {
  const registry = await openRegistry(1, { refuse: { status: 429, code: 'TOOMANYREQUESTS' } });
  const base = `${registry.host}/course/airflow:1`;
  const stack = await smallStack(services(`riachotest-base:${process.pid}`));
  await write(stack, `FROM ${base}\nRUN true\n`);
  await expect(stack.engine.up({ leaveRunning: false })).rejects.toMatchObject({
    code: 'IMAGE_LIMIT',
    params: { image: base },
  });
});

it('stops when the start is cancelled', async () => {
  const stack = await smallStack(services(`riachotest-endless:${process.pid}`));
  await write(stack, `FROM ${image}\nRUN sleep 600\n`);
  const leaving = new AbortController();
  const cancelled = failureOf(stack.engine.up({ leaveRunning: false }, leaving.signal));
  const sleeping = async () =>
    (await stack.docker.listContainers()).filter(({ Command }) => Command.includes('sleep 600')).length;
  await expect.poll(sleeping, { timeout: 20_000 }).toBe(1);
  leaving.abort();
  expect(await cancelled).toMatchObject({ code: 'CANCELLED' });
  await expect.poll(sleeping, { timeout: 20_000 }).toBe(0);
});
