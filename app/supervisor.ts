// The supervisor's process: owns the embedded stack's two JVMs. Spawned by the engine, never by hand.
import { supervise } from './supervise.ts';

// A probe's client may keep a socket open for a while; nothing is left to wait for.
process.exit(await supervise(process.argv.slice(2)));
