// Reads a small file out of a container, wherever it is mounted from. Docker hands it out as a tar archive.
import { buffer } from 'node:stream/consumers';
import type { Container } from 'dockerode';
import { statusOfAnswer } from '../engine/docker-faults.ts';

const blockBytes = 512;
/** Where a tar header has the size of its file, in octal digits. */
const size = { from: 124, to: 136 };

/** The text of the first file in a tar archive. */
export function firstFile(archive: Buffer): string {
  const bytes = Number.parseInt(archive.toString('latin1', size.from, size.to), 8) || 0;
  return archive.toString('utf8', blockBytes, blockBytes + bytes);
}

/** Undefined where there is no such file. */
export async function readContainerFile(container: Container, path: string): Promise<string | undefined> {
  try {
    return firstFile(await buffer(await container.getArchive({ path })));
  } catch (error) {
    if (statusOfAnswer(error) === 404) return undefined;
    throw error;
  }
}
