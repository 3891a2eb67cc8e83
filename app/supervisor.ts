// The supervisor's process: owns the embedded stack's two JVMs. Spawned by the engine, never by hand.
import { runSupervisor } from '../stack/embedded/supervisor.ts';
import { createProbes } from './probes.ts';

const [dataDir, cacheDir, resourcesDir] = process.argv.slice(2);
if (dataDir === undefined || cacheDir === undefined || resourcesDir === undefined) {
  process.stderr.write('usage: supervisor DATA_DIR CACHE_DIR RESOURCES_DIR\n');
  process.exit(2);
}

const probes = createProbes({ kafka: {}, cassandra: { localDataCenter: 'datacenter1' } });
await runSupervisor({ dataDir, cacheDir, resourcesDir, probes });
// A probe's client may keep a socket open for a while; nothing is left to wait for.
process.exit();
