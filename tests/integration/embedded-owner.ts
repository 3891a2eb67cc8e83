// A client in a process of its own, for the tests to kill: starts the stack, says so on stdout, and stays.
// `node … DATA SUPERVISOR-COMMAND…`.
import { createEmbeddedEngine } from '../../stack/embedded/client.ts';

const [dataDir = '', ...supervisorCommand] = process.argv.slice(2);
const engine = createEmbeddedEngine({ dataDir, supervisorCommand });
const up = engine.up({ leaveRunning: false }).then((status) => ({ up: status }));

async function say(after: number): Promise<void> {
  const first = await Promise.race([up, engine.next(after)]);
  process.stdout.write(`${JSON.stringify(first)}\n`);
  if (!('up' in first)) await say(first.version);
}

await say(0);
process.stdin.resume();
