// A client in a process of its own, for the tests to kill: starts the stack, says so on stdout, and stays.
// `node … DATA SUPERVISOR-COMMAND…`.
import { createEmbeddedEngine } from '../../stack/embedded/client.ts';

const [dataDir = '', ...supervisorCommand] = process.argv.slice(2);
const engine = createEmbeddedEngine({ dataDir, supervisorCommand });
let after = 0;
const up = engine.up({ leaveRunning: false }).then((status) => ({ up: status }));
for (;;) {
  const first = await Promise.race([up, engine.next(after)]);
  process.stdout.write(`${JSON.stringify(first)}\n`);
  if ('up' in first) break;
  after = first.version;
}
process.stdin.resume();
