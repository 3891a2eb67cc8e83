// Where the packed app keeps what the embedded engine otherwise takes from the system. In the repository there is none.
import { join } from 'node:path';

/** Home of the packed Java. */
export function packedJava(resourcesDir: string): string {
  return join(resourcesDir, 'jre');
}

/** Holds the packed `kafka/` and `cassandra/` with their jars. */
export function packedJars(resourcesDir: string): string {
  return join(resourcesDir, 'jars');
}
