// Builds the image of one service with Docker's own builder, with progress by the Dockerfile's steps. Starts nothing.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { RiachoError } from '../../../words/errors.ts';
import { tellingLine } from '../../telling-line.ts';
import type { ComposeService } from '../compose/compose-types.ts';
import { baseImages, contextHash, type ComposeBuild } from './context-hash.ts';
import { asDockerError, isEngineGone, statusOfAnswer } from '../engine/docker-faults.ts';
import { builtFromLabel } from '../containers/labels.ts';
import { progressOf } from './messages.ts';
import type { DockerAt } from './pull.ts';
import { shownName } from '../containers/service-status.ts';

/** The builder's own, among what a step says. */
const builderWords = /^ ---> |^Removing intermediate container /;
/** Enough to find in it why a step failed. */
const keptLines = 100;

export interface BuildProgress {
  done: number;
  total: number;
}

/** What has to be here before `build` begins, so that fetching it has its own progress and faults. */
export async function basesOf(build: ComposeBuild): Promise<string[]> {
  return baseImages(await readFile(join(build.context, build.dockerfile), 'utf8'));
}

/** Whether the image is here and made from what the folder holds now; one that somebody else built is taken as it is. */
export async function isBuilt(engine: DockerAt, image: string, build: ComposeBuild): Promise<boolean> {
  try {
    const { Config } = await engine.docker.getImage(image).inspect();
    // Docker gives null for no labels, whatever the types say.
    const builtFrom = Object.entries(Config.Labels ?? {}).find(([label]) => label === builtFromLabel)?.[1];
    return builtFrom === undefined || builtFrom === (await contextHash(build));
  } catch (error) {
    if (statusOfAnswer(error) === 404) return false;
    throw error;
  }
}

/**
 * Builds and tags the image. Rejects with `IMAGE_BUILD_FAILED` {service, line}, `DOCKER_DISK_FULL`,
 * `DOCKER_NOT_RUNNING`, or `CANCELLED` when aborted.
 */
export async function buildImage(options: {
  engine: DockerAt;
  service: ComposeService;
  build: ComposeBuild;
  onProgress: (progress: BuildProgress) => void;
  signal: AbortSignal;
}): Promise<void> {
  const { engine, service, build, signal } = options;
  const said: string[] = [];
  try {
    const stream = await engine.docker.buildImage(
      { context: build.context, src: await readdir(build.context) },
      {
        t: service.image,
        dockerfile: build.dockerfile,
        buildargs: build.args,
        labels: { [builtFromLabel]: await contextHash(build) },
        forcerm: true,
        abortSignal: signal,
      },
    );
    for await (const { stream: text = '' } of progressOf(stream, signal)) {
      const [, step, total] = /^Step (\d+)\/(\d+) :/.exec(text) ?? [];
      if (step === undefined) said.push(...stripVTControlCharacters(text).split('\n'));
      // What went well before has nothing to do with why this one fails.
      else said.length = 0;
      said.splice(0, said.length - keptLines);
      if (step !== undefined) options.onProgress({ done: Number(step) - 1, total: Number(total) });
    }
  } catch (error) {
    if (signal.aborted) throw new RiachoError('CANCELLED');
    throw buildError({ error, service, said, address: engine.address });
  }
}

function buildError(met: {
  error: unknown;
  service: ComposeService;
  said: string[];
  address: string;
}): RiachoError {
  const known = asDockerError(met.error, met.address);
  if (known.code === 'DOCKER_DISK_FULL' || isEngineGone(known)) return known;
  const words = met.said.filter((line) => !builderWords.test(line));
  const line = tellingLine(words) || String(known.params['detail']);
  return new RiachoError('IMAGE_BUILD_FAILED', { service: shownName(met.service.name), line }, met.error);
}
