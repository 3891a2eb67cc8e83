// Runs the embedded stack's supervisor in this process, whatever program that is, until it has nothing left to do.
import { usualTuning } from '../stack/embedded/definition.ts';
import { runSupervisor } from '../stack/embedded/supervisor.ts';
import { createProbes } from './probes.ts';
import { readSettings } from './settings-file.ts';

/** `args`: data folder, cache folder, resources folder. Resolves with the exit code. */
export async function supervise(args: readonly string[]): Promise<number> {
  const [dataDir, cacheDir, resourcesDir] = args;
  if (dataDir === undefined || cacheDir === undefined || resourcesDir === undefined) {
    process.stderr.write('usage: supervisor DATA_DIR CACHE_DIR RESOURCES_DIR\n');
    return 2;
  }
  const probes = createProbes({ kafka: {}, cassandra: { localDataCenter: 'datacenter1' } });
  await runSupervisor({
    dataDir,
    cacheDir,
    resourcesDir,
    probes,
    // Settings that cannot be read are the app's to speak of; a stack starts on the usual ones.
    tuning: () => readSettings(dataDir).catch(() => usualTuning),
  });
  return 0;
}
