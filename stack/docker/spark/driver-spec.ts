// The Spark job's driver as a container beside the stack's Spark: what `docker compose run` of that service would make.
// Pure: asks nothing of Docker.
import type { ContainerCreateOptions } from 'dockerode';
import { attachedScript, jobFolder } from '../../spark-driver.ts';
import type { ComposeFile, ComposeService } from '../compose/compose-types.ts';
import { containerSpec } from '../containers/container-spec.ts';
import { composeLabel } from '../containers/labels.ts';

/** The service whose image, folders and networks a driver has; and where its master listens. */
export const sparkService = 'spark-master';
export const masterAddress = 'spark-master:7077';
/** By these the job finds the others when it is told nothing else. */
export const innerAddresses = { kafka: 'broker:29092', cassandra: 'cassandra:9042', master: masterAddress };

const driverName = 'spark-job';
/** A heap of 640 MB, Python beside it, and what a JVM needs besides. */
export const driverMemoryBytes = 1024 * 1024 * 1024;

/** What keeps a container's stdin open for as long as one who began it is there, and no longer. */
export const heldOpen = {
  OpenStdin: true,
  StdinOnce: true,
  AttachStdin: true,
  AttachStdout: true,
  AttachStderr: true,
} as const satisfies ContainerCreateOptions;

/** `spark` is the service that it stands beside. One name: so there is one driver at a time. */
export function driverSpec(options: {
  file: ComposeFile;
  spark: ComposeService;
  imageId: string;
  flags: readonly string[];
}): ContainerCreateOptions {
  const { file, spark, imageId, flags } = options;
  const { healthcheck: _check, memoryReservationBytes: _reserved, hostname: _host, ...kept } = spark;
  const service: ComposeService = {
    ...kept,
    name: driverName,
    containerName: `${file.project}-${driverName}`,
    environment: {},
    labels: {},
    ports: [],
    dependsOn: [],
    restart: 'no',
    memoryBytes: driverMemoryBytes,
    command: ['python3', `${jobFolder}/${attachedScript}`, ...flags],
  };
  const { create } = containerSpec(file, service, imageId);
  return { ...create, ...heldOpen, Labels: { ...create.Labels, [composeLabel.oneOff]: 'True' } };
}
