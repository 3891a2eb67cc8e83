// The real `docker compose` and ours on one project: each sees, takes over and ends what the other began.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { check, image, smallStack, untilStatus, well } from './small-stack.ts';

const run = promisify(execFile);
let binary = '';
beforeAll(async () => {
  const script = fileURLToPath(new URL('./compose-cli.sh', import.meta.url));
  binary = (await run('bash', [script])).stdout.trim();
}, 900_000);

const services = `
  broker:
    image: ${image}
    networks: [net]
    command: ${well}
    healthcheck: ${check}
    volumes: ['data:/data']
  secrets:
    image: ${image}
    networks: [net]
    command: [sh, -c, 'echo written > /data/secret']
    volumes: ['data:/data']
  cassandra:
    image: ${image}
    networks: [net]
    command: ${well}
    healthcheck: ${check}
    depends_on:
      secrets: { condition: service_completed_successfully }
`;

it('adopts what docker compose started as it is, and stops it', async () => {
  const stack = await smallStack(services, { volumes: ['data'] });
  await run(binary, ['--file', stack.composeFile, 'up', '--detach', '--wait'], { cwd: stack.folder }).catch(
    // It takes a one-shot that has ended well for a failure.
    () => undefined,
  );
  await untilStatus(stack.engine, (status) => status.stack === 'healthy');
  const before = (await stack.containers()).map(({ Id }) => Id);
  expect(before).toHaveLength(3);
  expect((await stack.engine.up({ leaveRunning: false })).stack).toBe('healthy');
  expect(stack.engine.adopted).toBe(true);
  expect((await stack.containers()).map(({ Id }) => Id)).toEqual(before);
  await stack.engine.reset();
  expect(await stack.leftovers()).toEqual({ containers: [], networks: [], volumes: [] });
});

it('is listed by docker compose, and taken down by it', async () => {
  const stack = await smallStack(services, { volumes: ['data'] });
  await stack.engine.up({ leaveRunning: false });
  const compose = (...args: string[]) =>
    run(binary, ['--file', stack.composeFile, ...args], { cwd: stack.folder });
  const listed = await compose('ps', '--all', '--format', '{{.Service}} {{.State}} {{.Health}}');
  expect(listed.stdout.trim().split('\n').toSorted()).toEqual([
    'broker running healthy',
    'cassandra running healthy',
    'secrets exited',
  ]);
  const { stdout } = await compose('ls', '--format', 'json', '--filter', `name=${stack.project}`);
  expect(JSON.parse(stdout)).toMatchObject([{ Name: stack.project, ConfigFiles: stack.composeFile }]);
  await compose('down', '--volumes');
  expect(await stack.leftovers()).toEqual({ containers: [], networks: [], volumes: [] });
  const gone = await untilStatus(stack.engine, (status) => status.stack === 'stopped');
  expect(gone.services.map(({ fault }) => fault)).toEqual([undefined, undefined]);
});
