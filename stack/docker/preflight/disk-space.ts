// Whether the disk of a Docker engine has room, where that can be seen. Frees nothing.
import { hostname } from 'node:os';
import { RiachoError } from '../../../words/errors.ts';
import { freeBytes } from '../../free-bytes.ts';
import type { EngineFacts } from '../engine/engine-facts.ts';

/** Below this Kafka and Cassandra would not get through their first minutes. */
const usualLeastBytes = 1024 ** 3;

/**
 * Rejects with `DOCKER_DISK_FULL` {detail}. An engine that runs in a virtual machine, or on another one, has a disk
 * that cannot be seen from here: then nothing is said.
 */
export async function requireDiskSpace(
  { machine, folder }: Pick<EngineFacts, 'machine' | 'folder'>,
  leastBytes = usualLeastBytes,
): Promise<void> {
  if (machine !== hostname()) return;
  const free = await freeBytes(folder).catch(() => undefined);
  if (free === undefined || free >= leastBytes) return;
  const detail = `${folder}: ${Math.floor(free / 1024 ** 2)} MB`;
  throw new RiachoError('DOCKER_DISK_FULL', { detail });
}
