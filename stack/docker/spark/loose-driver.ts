// Runs the driver of the Spark job in Spark's image on this machine's network, for a cluster that is none of our stacks.
import type { ContainerCreateOptions } from 'dockerode';
import { attachedScript, jobFolder, type DriverOrder, type SparkDriver } from '../../spark-driver.ts';
import { composeLabel } from '../containers/labels.ts';
import { openDocker } from '../engine/find-engine.ts';
import { imageId, pullImage } from '../images/pull.ts';
import { startDriverContainer } from './driver-container.ts';
import { driverMemoryBytes, heldOpen } from './driver-spec.ts';

/** As compose/docker-compose.yml has it. */
const image = 'apache/spark:3.5.4';
const name = 'riacho-spark-job';
/** Jars, checkpoint and totals; it stays. */
const volume = 'riacho-spark-work';
/** What a person may say to Spark, and to the fetching of jars, in the environment. */
const passedOn = ['SPARK_LOCAL_IP', 'RIACHO_MAVEN'] as const;

/** Rejects with why there is no Docker, why its image cannot be had, or as `startDriverContainer` does. */
export async function startLooseDriver(options: {
  /** Folder of the job's files. */
  job: string;
  order: DriverOrder;
  addresses: SparkDriver['addresses'];
}): Promise<SparkDriver> {
  const { job, order, addresses } = options;
  const engine = await openDocker();
  const signal = order.signal ?? new AbortController().signal;
  if ((await imageId(engine.docker, image)) === undefined) {
    await pullImage({ engine, image, signal, onProgress: () => undefined });
  }
  const create: ContainerCreateOptions = {
    ...heldOpen,
    name,
    Image: image,
    Cmd: ['python3', `${jobFolder}/${attachedScript}`, ...order.flags],
    Env: passedOn.flatMap((key) => (process.env[key] === undefined ? [] : [`${key}=${process.env[key]}`])),
    Labels: { [composeLabel.service]: 'spark-job' },
    HostConfig: {
      // Executors call the driver back, at a port that it chooses: it has to be at an address of this machine.
      NetworkMode: 'host',
      Memory: driverMemoryBytes,
      SecurityOpt: ['no-new-privileges:true'],
      Mounts: [
        { Type: 'bind', Source: job, Target: jobFolder, ReadOnly: true },
        { Type: 'volume', Source: volume, Target: '/opt/spark/work-dir' },
      ],
    },
  };
  return startDriverContainer(engine, create, { ...order, addresses });
}
