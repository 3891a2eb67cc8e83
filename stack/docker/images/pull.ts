// Fetches one image, with progress in bytes. Builds and starts nothing.
import type Dockerode from 'dockerode';
import { RiachoError } from '../../../words/errors.ts';
import { asImageError, dockerWords, statusOfAnswer } from '../engine/docker-faults.ts';
import { Layers, type PullProgress } from './layers.ts';
import { progressOf } from './messages.ts';
import { loginFor } from './registry-login.ts';

/** The engine that is asked, and where it is. */
export interface DockerAt {
  docker: Dockerode;
  address: string;
}

/** The id of the image as it is here now; undefined when it is not. */
export async function imageId(docker: Dockerode, image: string): Promise<string | undefined> {
  try {
    return (await docker.getImage(image).inspect()).Id;
  } catch (error) {
    if (statusOfAnswer(error) === 404) return undefined;
    throw error;
  }
}

/**
 * Rejects with `IMAGE_NOT_FOUND`, `IMAGE_LIMIT`, `IMAGE_UNREACHABLE`, `DOCKER_DISK_FULL`, `DOCKER_NOT_RUNNING`, or
 * `CANCELLED` when aborted: then Docker stops too, and keeps the layers that it has whole.
 */
export async function pullImage(options: {
  engine: DockerAt;
  image: string;
  onProgress: (progress: PullProgress) => void;
  signal: AbortSignal;
}): Promise<void> {
  const { image, engine, signal } = options;
  try {
    await pull(options).catch((error: unknown) => {
      // Made for another processor only: fetched as it is, and run by emulation.
      if (/no matching manifest/i.test(dockerWords(error)))
        return pull({ ...options, platform: 'linux/amd64' });
      throw error;
    });
  } catch (error) {
    if (signal.aborted) throw new RiachoError('CANCELLED');
    throw asImageError(error, image, engine.address);
  }
}

async function pull(options: Parameters<typeof pullImage>[0] & { platform?: string }): Promise<void> {
  const { engine, image, signal, platform } = options;
  const authconfig = await loginFor(image);
  const stream = await engine.docker.pull(image, {
    abortSignal: signal,
    ...(authconfig && { authconfig }),
    ...(platform !== undefined && { platform }),
  });
  const layers = new Layers();
  for await (const message of progressOf(stream, signal)) {
    layers.take(message);
    options.onProgress(layers.progress);
  }
}
