// What the embedded engine needs from this machine, looked at without starting anything. For the doctor.
import { RiachoError } from '../../words/errors.ts';
import type { LabService } from '../../words/stack.ts';
import { installCommand, programsOnPath } from './install-command.ts';
import { readJarList, versionOf } from './jar-list.ts';
import { findJars } from './jars.ts';
import { findJava, javaPlaces } from './java.ts';
import { isListening } from './ports.ts';

/** One thing to look at. `find` resolves with what was found, in no language, or rejects with what is missing. */
export interface Inspection {
  name: 'java' | 'maven' | 'jars' | 'ports';
  find(): Promise<string>;
}

export interface InspectedParts {
  cacheDir: string;
  resourcesDir: string;
  /** Where the services are to listen. */
  ports: Record<LabService, number>;
}

/** The servers' versions as their jars are named, in no language. */
export async function embeddedVersions(resourcesDir: string): Promise<string> {
  const list = await readJarList(resourcesDir);
  return `Kafka ${versionOf(list, 'kafka')} · Cassandra ${versionOf(list, 'cassandra')}`;
}

export function inspectEmbedded({ cacheDir, resourcesDir, ports }: InspectedParts): Inspection[] {
  const jars = (async () => {
    const { store, wrong } = await findJars({ cacheDir, resourcesDir });
    const total = store.list.jars.length;
    return { total, there: total - wrong.length, folder: store.folder };
  })();
  // Both looks below await it; a failure is theirs to report.
  jars.catch(() => undefined);
  return [
    {
      name: 'java',
      async find() {
        const { version, path } = await findJava(javaPlaces(resourcesDir));
        return `${version} ${path}`;
      },
    },
    {
      name: 'maven',
      async find() {
        const [mvn] = await programsOnPath('mvn', process.env['PATH'] ?? '');
        if (mvn !== undefined) return mvn;
        const { total, there } = await jars;
        // Maven only fetches: with every jar in the cache nobody misses it.
        if (there === total) return '–';
        throw new RiachoError('NO_MAVEN', { command: await installCommand('maven') });
      },
    },
    {
      name: 'jars',
      async find() {
        const { total, there, folder } = await jars;
        return `${there}/${total} ${folder}`;
      },
    },
    {
      name: 'ports',
      async find() {
        const wanted = [ports.kafka, ports.cassandra];
        const taken = await Promise.all(wanted.map((port) => isListening(port)));
        return wanted.map((port, index) => `${port} ${taken[index] ? '✗' : '✓'}`).join('  ');
      },
    },
  ];
}
