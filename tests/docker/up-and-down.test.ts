// One stack of small containers, from nothing to nothing, beside other people's things.
import { expect, it } from 'vitest';
import { check, freePort, image, serviceOf, smallStack, untilStatus, well } from './small-stack.ts';

/** Kafka and Cassandra, as far as Docker is concerned, and a one-shot before the second. */
async function labServices(): Promise<{ text: string; ports: number[] }> {
  const ports = [await freePort(), await freePort()];
  const text = `
  broker:
    image: ${image}
    networks: [net]
    command: ${well}
    healthcheck: ${check}
    ports: ['127.0.0.1:${ports[0]}:9092']
    volumes: ['data:/data']
    mem_limit: 32m
    stop_grace_period: 5s
  secrets:
    image: ${image}
    networks: [net]
    command: [sh, -c, 'echo written >> /data/once']
    volumes: ['data:/data']
  cassandra:
    image: ${image}
    networks: [net]
    command: ${well}
    healthcheck: ${check}
    ports: ['127.0.0.1:${ports[1]}:9042']
    labels: { riacho.page: /page }
    depends_on:
      secrets: { condition: service_completed_successfully }
      broker: { condition: service_healthy }
`;
  return { text, ports };
}

it('comes up from nothing, again at once, goes and leaves its volume, and then not even that', async () => {
  const { text, ports } = await labServices();
  const stack = await smallStack(text, { volumes: ['data'] });
  const { engine, docker, project } = stack;
  expect((await engine.next(0)).frame).toMatchObject({ engine: 'docker', stack: 'stopped' });

  const status = await engine.up({ leaveRunning: false });
  expect(status.stack).toBe('healthy');
  expect(status.services.map(({ name, state }) => [name, state])).toEqual([
    ['kafka', 'healthy'],
    ['cassandra', 'healthy'],
  ]);
  expect(serviceOf(status, 'kafka')).toMatchObject({
    address: `localhost:${ports[0]}`,
    container: `${project}-broker-1`,
    image,
    version: '1',
    memoryLimitBytes: 32 * 1024 ** 2,
    readyMs: expect.any(Number),
    startedAt: expect.any(Number),
  });
  expect(serviceOf(status, 'cassandra')?.page).toBe(`http://localhost:${ports[1]}/page`);
  expect(await engine.addresses()).toEqual({
    brokers: [`localhost:${ports[0]}`],
    contactPoints: [`localhost:${ports[1]}`],
    localDataCenter: 'datacenter1',
  });
  expect(engine.adopted).toBe(false);

  const before = (await stack.containers()).map(({ Id }) => Id);
  const startedMs = performance.now();
  await engine.up({ leaveRunning: false });
  const againMs = performance.now() - startedMs;
  expect(againMs).toBeLessThan(1_000);
  expect((await stack.containers()).map(({ Id }) => Id)).toEqual(before);
  const volume = await docker.getVolume(`${project}_data`).inspect();
  expect(volume.Labels).toMatchObject({ 'com.docker.compose.volume': 'data' });

  await engine.down();
  expect(await stack.leftovers()).toEqual({ containers: [], networks: [], volumes: [`${project}_data`] });
  expect((await engine.next(0)).frame.stack).toBe('stopped');
  await expect(engine.addresses()).rejects.toThrow('STACK_NOT_RUNNING');
  await engine.reset();
  expect(await stack.leftovers()).toEqual({ containers: [], networks: [], volumes: [] });
});

it('touches nobody else’s container, network, volume or image', async () => {
  const { text } = await labServices();
  const stack = await smallStack(text, { volumes: ['data'] });
  const { docker, project } = stack;
  const other = `${project}-other`;
  const container = await docker.createContainer({ name: other, Image: image, Cmd: ['sleep', '600'] });
  const network = await docker.createNetwork({ Name: other });
  await docker.createVolume({ Name: other });
  await docker.getImage(image).tag({ repo: other, tag: '1' });
  try {
    await container.start();
    await stack.engine.up({ leaveRunning: false });
    await stack.engine.reset();
    expect((await container.inspect()).State.Running).toBe(true);
    expect((await network.inspect()).Name).toBe(other);
    expect((await docker.getVolume(other).inspect()).Name).toBe(other);
    expect((await docker.getImage(`${other}:1`).inspect()).RepoTags).toContain(`${other}:1`);
  } finally {
    await container.remove({ force: true });
    await network.remove();
    await docker.getVolume(other).remove();
    await docker.getImage(`${other}:1`).remove();
  }
});

it('is adopted by another process, left alone by its end, and stopped by its down', async () => {
  const { text } = await labServices();
  const stack = await smallStack(text, { volumes: ['data'] });
  await stack.engine.up({ leaveRunning: true });
  const before = (await stack.containers()).map(({ Id }) => Id);
  await stack.engine.close();

  const other = stack.another();
  expect((await other.next(0)).frame.stack).toBe('healthy');
  await other.up({ leaveRunning: false });
  expect(other.adopted).toBe(true);
  expect((await stack.containers()).map(({ Id }) => Id)).toEqual(before);
  await other.close();
  expect((await stack.containers()).map(({ Id }) => Id)).toEqual(before);

  const third = stack.another();
  await third.down();
  await third.close();
  expect(await stack.containers()).toEqual([]);
});

it('ends with whoever began it', async () => {
  const { text } = await labServices();
  const stack = await smallStack(text, { volumes: ['data'] });
  const owner = stack.another();
  await owner.up({ leaveRunning: false });
  await owner.close();
  expect(await stack.containers()).toEqual([]);
});

it('makes a container anew when the file wants another, and only that one', async () => {
  const { text } = await labServices();
  const stack = await smallStack(text, { volumes: ['data'] });
  await stack.engine.up({ leaveRunning: false });
  const idOf = async (service: string) =>
    (await stack.containers()).find(({ Labels }) => Labels['com.docker.compose.service'] === service)?.Id;
  const [broker, cassandra] = [await idOf('broker'), await idOf('cassandra')];
  await stack.write(text.replace('mem_limit: 32m', 'mem_limit: 48m'));
  const status = await stack.engine.up({ leaveRunning: false });
  expect(serviceOf(status, 'kafka')?.memoryLimitBytes).toBe(48 * 1024 ** 2);
  expect(await idOf('broker')).not.toBe(broker);
  expect(await idOf('cassandra')).toBe(cassandra);
});

it('stops and restarts one service, and brings back one that was stopped', async () => {
  const { text } = await labServices();
  const stack = await smallStack(text, { volumes: ['data'] });
  const { engine } = stack;
  await expect(engine.stopService('kafka')).rejects.toThrow('STACK_NOT_RUNNING');
  const first = serviceOf(await engine.up({ leaveRunning: false }), 'kafka');
  await engine.stopService('kafka');
  const stopped = await untilStatus(engine, (status) => serviceOf(status, 'kafka')?.state === 'stopped');
  expect(stopped.stack).toBe('unhealthy');
  expect(serviceOf(stopped, 'cassandra')?.state).toBe('healthy');
  await engine.restartService('kafka');
  const second = serviceOf((await engine.next(0)).frame, 'kafka');
  expect(second?.state).toBe('healthy');
  expect(second?.startedAt).toBeGreaterThan(first?.startedAt ?? Infinity);
  await engine.stopService('kafka');
  expect((await engine.up({ leaveRunning: false })).stack).toBe('healthy');
  await expect(engine.restartService('postgres')).rejects.toThrow('SERVICE_NOT_OURS');
});

it('tells of its logs from the last lines on, and of what it uses', async () => {
  const chatty = `
  broker:
    image: ${image}
    networks: [net]
    command: [sh, -c, 'for i in $$(seq 20); do echo line $$i; echo err $$i >&2; done; touch /tmp/well; trap "exit 0" TERM; while [ ! -f /tmp/more ]; do sleep 0.1; done; echo more; while :; do sleep 0.1; done']
    healthcheck: ${check}
  cassandra:
    image: ${image}
    networks: [net]
    command: ${well}
`;
  const stack = await smallStack(chatty);
  const { engine, docker } = stack;
  await engine.up({ leaveRunning: false });
  const all = await engine.readLog?.('kafka', 1_000);
  expect(all?.lines.map(({ text }) => text).filter((text) => text.startsWith('line'))).toHaveLength(20);
  expect(all?.lines).toHaveLength(40);
  expect(all?.skipped).toBe(0);
  expect(Math.abs((all?.lines[0]?.at ?? 0) - Date.now())).toBeLessThan(60_000);
  const last = await engine.readLog?.('kafka', 3);
  expect(last?.lines).toEqual(all?.lines.slice(-3));
  const none = await engine.readLog?.('kafka', 1_000, last?.place);
  expect(none).toEqual({ place: last?.place, lines: [], skipped: 0 });
  const [broker] = await docker.listContainers({ filters: { name: [`${stack.project}-broker-1`] } });
  const touch = await docker.getContainer(broker?.Id ?? '').exec({ Cmd: ['touch', '/tmp/more'] });
  await touch.start({ Detach: true });
  await expect
    .poll(async () => (await engine.readLog?.('kafka', 1_000, last?.place))?.lines.map(({ text }) => text))
    .toEqual(['more']);
  const skipping = await engine.readLog?.('kafka', 2, 'another-container 2026-01-01T00:00:00.0Z 1');
  expect(skipping?.lines).toHaveLength(2);
  expect(skipping?.skipped).toBe(39);

  const usage = await engine.readUsage?.();
  expect([...(usage?.keys() ?? [])].toSorted()).toEqual(['cassandra', 'kafka']);
  const kafka = usage?.get('kafka');
  expect(kafka?.cpuMs).toBeGreaterThan(0);
  expect(kafka?.memoryBytes).toBeGreaterThan(50_000);
  expect(kafka?.memoryBytes).toBeLessThan(50_000_000);
  expect(kafka?.startedAt).toBe(serviceOf((await engine.next(0)).frame, 'kafka')?.startedAt);
});
