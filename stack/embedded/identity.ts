// The name of a stack: made once, kept beside its data, gone with it.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** As Kafka writes a cluster id: 16 bytes in base64url; a leading dash would look like an option. */
const clusterIdPattern = /^[A-Za-z0-9_][A-Za-z0-9_-]{21}$/;

function newClusterId(): string {
  for (;;) {
    const id = randomBytes(16).toString('base64url');
    if (clusterIdPattern.test(id)) return id;
  }
}

/** The cluster id of the stack whose services live in `servicesDir`; made when there is none. */
export async function clusterIdOf(servicesDir: string): Promise<string> {
  const path = join(servicesDir, 'cluster-id');
  const known = await readFile(path, 'utf8').then(
    (text) => text.trim(),
    () => '',
  );
  if (clusterIdPattern.test(known)) return known;
  const id = newClusterId();
  await mkdir(servicesDir, { recursive: true });
  await writeFile(path, `${id}\n`);
  return id;
}
