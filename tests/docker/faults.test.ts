// What goes wrong with containers, on the real engine: each says why, and leaves nothing half-made.
import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import {
  check,
  endless,
  freePort,
  image,
  serviceOf,
  smallStack,
  untilStatus,
  well,
  failureOf,
} from './small-stack.ts';
import { docker } from './stack.ts';

const nothing = { containers: [], networks: [], volumes: [] };

/** Kafka as the test wants it, and a Cassandra that waits for it. */
function labOf(broker: string): string {
  return `
  broker:
    image: ${image}
    networks: [net]
    volumes: ['data:/data']
${broker}
  cassandra:
    image: ${image}
    networks: [net]
    command: ${well}
    healthcheck: ${check}
    depends_on:
      broker: { condition: service_healthy }
`;
}

it('says the exit code and the most telling line of a service that ends at its start, and keeps its last words', async () => {
  const broker = `    command: [sh, -c, 'echo starting; echo "ERROR no such disk" >&2; echo bye; exit 3']`;
  const stack = await smallStack(labOf(broker), { volumes: ['data'] });
  const { engine } = stack;
  const fault = {
    code: 'SERVICE_EXITED',
    params: { service: 'kafka', exitCode: 3, line: 'ERROR no such disk' },
  };
  await expect(engine.up({ leaveRunning: false })).rejects.toMatchObject(fault);
  const { frame } = await engine.next(0);
  expect(frame.stack).toBe('failed');
  expect(serviceOf(frame, 'kafka')).toMatchObject({ state: 'failed', fault });
  expect(serviceOf(frame, 'cassandra')).toMatchObject({ state: 'stopped' });
  expect(await stack.leftovers()).toEqual(nothing);
  const log = await engine.readLog?.('kafka', 100);
  expect(log?.lines.map(({ text }) => text).toSorted()).toEqual(['ERROR no such disk', 'bye', 'starting']);
});

it.each([
  ['is not in the image', 'no-such-program', 127],
  ['may not be run', '/etc/passwd', 126],
])('says a program that %s', async (_, program, exitCode) => {
  const stack = await smallStack(labOf(`    entrypoint: [${program}]`), { volumes: ['data'] });
  await expect(stack.engine.up({ leaveRunning: false })).rejects.toMatchObject({
    code: 'SERVICE_EXITED',
    params: { service: 'kafka', exitCode, line: expect.stringContaining(program) },
  });
  expect(await stack.leftovers()).toEqual(nothing);
});

it('says at once that one ended that was well, though others are still on their way', async () => {
  const broker = `    command: [sh, -c, 'touch /tmp/well; sleep 4; echo "ERROR broken" >&2; exit 5']
    healthcheck: ${check}`;
  const text = labOf(broker).replace(`command: ${well}`, `command: ${endless}`);
  const stack = await smallStack(text, { volumes: ['data'] });
  await expect(stack.engine.up({ leaveRunning: false })).rejects.toMatchObject({
    code: 'SERVICE_EXITED',
    params: { service: 'kafka', exitCode: 5, line: 'ERROR broken' },
  });
  expect(await stack.leftovers()).toEqual(nothing);
});

it('tells which check blocks what, and fails when the check has failed for good', async () => {
  const broker = `    command: ${endless}
    healthcheck: { test: [CMD-SHELL, 'echo no broker yet; exit 1'], interval: 1s, timeout: 5s, retries: 3 }`;
  const stack = await smallStack(labOf(broker), { volumes: ['data'] });
  const { engine } = stack;
  const failing = failureOf(engine.up({ leaveRunning: false }));
  const blocked = await untilStatus(engine, (status) => serviceOf(status, 'kafka')?.said !== undefined);
  expect(serviceOf(blocked, 'kafka')).toMatchObject({
    state: 'starting',
    step: { kind: 'answering' },
    said: 'no broker yet',
  });
  expect(serviceOf(blocked, 'cassandra')).toMatchObject({
    state: 'starting',
    step: { kind: 'waiting', on: ['kafka'] },
  });
  expect(await failing).toMatchObject({
    code: 'SERVICE_UNHEALTHY',
    params: { service: 'kafka', line: 'no broker yet' },
  });
  expect(await stack.leftovers()).toEqual(nothing);
});

it('says the limit of a service that took more memory than it may', async () => {
  const broker = `    mem_limit: 8m
    stop_grace_period: 1s
    command: [sh, -c, 'x=aaaaaaaaaaaaaaaa; while :; do x=$$x$$x; done']`;
  const stack = await smallStack(labOf(broker), { volumes: ['data'] });
  await expect(stack.engine.up({ leaveRunning: false })).rejects.toMatchObject({
    code: 'SERVICE_OUT_OF_MEMORY',
    params: { service: 'kafka', limit: 8 },
  });
  expect(await stack.leftovers()).toEqual(nothing);
});

it('says whose name is another container’s, and leaves that one alone', async () => {
  const name = `riacho-name-${process.pid}`;
  const other = await docker('run', '--detach', '--name', name, image, 'sleep', '600');
  onTestFinished(async () => void (await docker('rm', '--force', other)));
  const stack = await smallStack(labOf(`    container_name: ${name}\n    command: [sleep, '600']`), {
    volumes: ['data'],
  });
  await expect(stack.engine.up({ leaveRunning: false })).rejects.toMatchObject({
    code: 'SERVICE_NAME_TAKEN',
    params: { service: 'kafka', name },
  });
  expect(await stack.leftovers()).toEqual(nothing);
  expect(await docker('inspect', '--format', '{{.State.Running}}', name)).toBe('true');
});

it('says who holds a port that was free when it looked, and removes what Docker had created', async () => {
  const port = await freePort();
  const broker = `    command: [sh, -c, 'sleep 2; touch /tmp/well; trap "exit 0" TERM; while :; do sleep 0.1; done']
    healthcheck: ${check}`;
  const text = labOf(broker).replace(
    '    depends_on',
    `    ports: ['127.0.0.1:${port}:9042']\n    depends_on`,
  );
  const stack = await smallStack(text, { volumes: ['data'] });
  const failing = failureOf(stack.engine.up({ leaveRunning: false }));
  await untilStatus(stack.engine, (status) => serviceOf(status, 'kafka')?.step?.kind === 'answering');
  const holder = createServer();
  await new Promise<void>((resolve) => void holder.listen(port, '127.0.0.1', resolve));
  expect(await failing).toMatchObject({
    code: 'SERVICE_PORT_TAKEN',
    params: { service: 'cassandra', port, holder: expect.stringContaining(`(${process.pid})`) },
  });
  await new Promise((resolve) => void holder.close(resolve));
  expect(await stack.leftovers()).toEqual(nothing);
});

it('says what became of a running service: killed for its memory, ended, removed; and mends it', async () => {
  const broker = `    mem_limit: 8m
    stop_grace_period: 1s
    command: [sh, -c, 'touch /tmp/well; while [ ! -f /tmp/eat ]; do sleep 0.1; done; x=aaaaaaaaaaaaaaaa; while :; do x=$$x$$x; done']
    healthcheck: ${check}`;
  const stack = await smallStack(labOf(broker), { volumes: ['data'] });
  const { engine, docker } = stack;
  await engine.up({ leaveRunning: false });
  const container = async (service: string) =>
    docker.getContainer(
      (await stack.containers()).find((one) => one.Labels['com.docker.compose.service'] === service)?.Id ??
        '',
    );
  const eat = await (await container('broker')).exec({ Cmd: ['touch', '/tmp/eat'] });
  await eat.start({ Detach: true });
  const starved = await untilStatus(engine, (status) => serviceOf(status, 'kafka')?.state === 'failed');
  expect(serviceOf(starved, 'kafka')?.fault).toEqual({
    code: 'SERVICE_OUT_OF_MEMORY',
    params: { service: 'kafka', limit: 8 },
  });
  expect(serviceOf(starved, 'cassandra')?.state).toBe('healthy');
  // Another start of the same container would eat again.
  await (await container('broker')).remove({ force: true });
  const removed = await untilStatus(engine, (status) => serviceOf(status, 'kafka')?.state === 'absent');
  expect(serviceOf(removed, 'kafka')?.fault).toEqual({
    code: 'SERVICE_REMOVED',
    params: { service: 'kafka' },
  });
  expect((await engine.up({ leaveRunning: false })).stack).toBe('healthy');

  await (await container('cassandra')).kill();
  const killed = await untilStatus(engine, (status) => serviceOf(status, 'cassandra')?.state === 'failed');
  expect(serviceOf(killed, 'cassandra')?.fault).toMatchObject({
    code: 'SERVICE_EXITED',
    params: { service: 'cassandra', exitCode: 137 },
  });
  expect((await engine.up({ leaveRunning: false })).stack).toBe('healthy');
});

it('leaves nothing of a start that is given up half-way, and all that was there before', async () => {
  const broker = `    command: ${endless}\n    healthcheck: ${check}`;
  const stack = await smallStack(labOf(broker), { volumes: ['data'] });
  const { engine, docker, project } = stack;
  const giveUp = async () => {
    const leaving = new AbortController();
    const cancelled = failureOf(engine.up({ leaveRunning: false }, leaving.signal));
    await untilStatus(engine, (status) => serviceOf(status, 'kafka')?.step?.kind === 'answering');
    leaving.abort();
    expect(await cancelled).toMatchObject({ code: 'CANCELLED' });
    expect((await engine.next(0)).frame.stack).toBe('stopped');
  };
  await giveUp();
  expect(await stack.leftovers()).toEqual(nothing);
  const Labels = { 'com.docker.compose.project': project, 'com.docker.compose.volume': 'data' };
  await docker.createVolume({ Name: `${project}_data`, Labels });
  await giveUp();
  expect(await stack.leftovers()).toEqual({ ...nothing, volumes: [`${project}_data`] });
});

it('is ended by a stop that comes in the middle of its start', async () => {
  const broker = `    command: ${endless}\n    healthcheck: ${check}`;
  const stack = await smallStack(labOf(broker), { volumes: ['data'] });
  const { engine } = stack;
  const cancelled = failureOf(engine.up({ leaveRunning: false }));
  await untilStatus(engine, (status) => serviceOf(status, 'kafka')?.step?.kind === 'answering');
  await expect(engine.up({ leaveRunning: false })).rejects.toThrow('STACK_BUSY');
  await engine.down();
  expect(await cancelled).toMatchObject({ code: 'CANCELLED' });
  expect(await stack.leftovers()).toEqual(nothing);
});

it('waits for a one-shot’s end, runs it once, and says how it failed', async () => {
  const text = (command: string) => `
  secrets:
    image: ${image}
    networks: [net]
    command: [sh, -c, '${command}']
    volumes: ['data:/data']
  broker:
    image: ${image}
    networks: [net]
    command: [sh, -c, 'cp /data/times /tmp/well; trap "exit 0" TERM; while :; do sleep 0.1; done']
    healthcheck: ${check}
    volumes: ['data:/data']
    depends_on:
      secrets: { condition: service_completed_successfully }
`;
  const stack = await smallStack(text('sleep 1; echo once >> /data/times'), { volumes: ['data'] });
  const { engine, docker } = stack;
  const up = engine.up({ leaveRunning: false });
  const working = await untilStatus(
    engine,
    (status) => serviceOf(status, 'secrets')?.step?.kind === 'launching',
  );
  expect(serviceOf(working, 'kafka')?.step).toEqual({ kind: 'waiting', on: ['secrets'] });
  expect((await up).services.map(({ name }) => name)).toEqual(['kafka']);
  await engine.up({ leaveRunning: false });
  const [broker] = await docker.listContainers({ filters: { name: [`${stack.project}-broker-1`] } });
  const count = await docker.getContainer(broker?.Id ?? '').exec({
    Cmd: ['sh', '-c', '[ $(wc -l < /data/times) = 1 ]'],
    AttachStdout: true,
  });
  const output = await count.start({});
  output.resume();
  await new Promise((resolve) => void output.on('end', resolve));
  expect((await count.inspect()).ExitCode).toBe(0);

  await engine.down();
  await stack.write(text('echo "ERROR no secrets" >&2; exit 4'));
  await expect(engine.up({ leaveRunning: false })).rejects.toMatchObject({
    code: 'SERVICE_EXITED',
    params: { service: 'secrets', exitCode: 4, line: 'ERROR no secrets' },
  });
  expect(serviceOf((await engine.next(0)).frame, 'secrets')?.state).toBe('failed');
  expect(await stack.leftovers()).toEqual({ ...nothing, volumes: [`${stack.project}_data`] });
});
