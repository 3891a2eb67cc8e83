// Runs a driver in a container of its own, which goes with it. The container's name is the lock: one driver at a time.
import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type Dockerode from 'dockerode';
import type { ContainerCreateOptions } from 'dockerode';
import { RiachoError } from '../../../words/errors.ts';
import {
  driverGraceMs,
  endInTime,
  type DriverEnd,
  type DriverOrder,
  type SparkDriver,
} from '../../spark-driver.ts';
import { composeLabel } from '../containers/labels.ts';
import { removeContainers } from '../containers/take-down.ts';
import { asDockerError, statusOfAnswer, takenName } from '../engine/docker-faults.ts';
import type { OpenedDocker } from '../engine/find-engine.ts';

/** One whose app has died ends within its grace; whoever is still there afterwards is somebody's. */
const lookMs = 500;
/** What was said last may come after the end. */
const lastWordsMs = 2_000;

/**
 * Starts it, and removes its container when it has ended. Rejects with `SPARK_BUSY` {name} where a living driver has
 * the name, `SERVICE_NAME_TAKEN` {service, name} where something else has, or with what Docker refuses.
 */
export async function startDriverContainer(
  engine: OpenedDocker,
  create: ContainerCreateOptions,
  order: Pick<DriverOrder, 'signal'> & Pick<SparkDriver, 'addresses'>,
): Promise<SparkDriver> {
  const { docker, address } = engine;
  try {
    const container = await createAlone(docker, create, order.signal);
    try {
      order.signal?.throwIfAborted();
      return await attach(engine, container, order.addresses);
    } catch (error) {
      await removeContainers(docker, [container.id]);
      throw error;
    }
  } catch (error) {
    if (order.signal?.aborted) throw new RiachoError('CANCELLED', {}, error);
    throw asDockerError(error, address);
  }
}

/** Waits while the driver of an app that has died is ending, and removes what is left of one. */
async function createAlone(
  docker: Dockerode,
  create: ContainerCreateOptions,
  signal: AbortSignal | undefined,
): Promise<Dockerode.Container> {
  const deadline = performance.now() + driverGraceMs;
  for (;;) {
    try {
      return await docker.createContainer(create);
    } catch (error) {
      if (takenName(error) === undefined) throw error;
    }
    const { name = '' } = create;
    const holder = docker.getContainer(name);
    const found = await holder.inspect().catch((error: unknown) => {
      if (statusOfAnswer(error) !== 404) throw error;
    });
    const wanted = create.Labels?.[composeLabel.service];
    if (found && found.Config.Labels[composeLabel.service] !== wanted) {
      throw new RiachoError('SERVICE_NAME_TAKEN', { service: 'spark-master', name });
    }
    if (found && !found.State.Running) await removeContainers(docker, [found.Id]);
    else if (performance.now() > deadline) throw new RiachoError('SPARK_BUSY', { name });
    else await delay(lookMs, undefined, signal && { signal });
  }
}

async function attach(
  { docker, address }: OpenedDocker,
  container: Dockerode.Container,
  addresses: SparkDriver['addresses'],
): Promise<SparkDriver> {
  const stream = await container.attach({
    stream: true,
    hijack: true,
    stdin: true,
    stdout: true,
    stderr: true,
  });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  docker.modem.demuxStream(stream, stdout, stderr);
  // An engine that goes breaks it off: `wait` says so.
  const silent = finished(stream, { writable: false }).catch(() => undefined);
  await container.start();
  const ended = awaitEnd(container, silent)
    .catch((error: unknown) => {
      throw asDockerError(error, address);
    })
    .finally(() => {
      stream.end();
      stdout.end();
      stderr.end();
    });
  // Whoever follows it hears of it; nobody may follow it yet.
  ended.catch(() => undefined);
  return {
    addresses,
    stdout,
    stderr,
    ended,
    async stop() {
      stream.end();
      await endInTime(ended, () => removeContainers(docker, [container.id]));
    },
  };
}

async function awaitEnd(container: Dockerode.Container, silent: Promise<void>): Promise<DriverEnd> {
  const { StatusCode: exitCode }: { StatusCode: number } = await container.wait();
  await Promise.race([silent, delay(lastWordsMs, undefined, { ref: false })]);
  const outOfMemory = await container.inspect().then(
    ({ State }) => State.OOMKilled,
    () => false,
  );
  await container.remove({ force: true, v: true }).catch(() => undefined);
  return { exitCode, outOfMemory };
}
