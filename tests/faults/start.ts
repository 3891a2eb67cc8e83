// `npm run test:faults -- --seeds N [--seed FIRST] [--only NAME]`: every fault with each seed, outages at full length.
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1' },
    seed: { type: 'string' },
    only: { type: 'string' },
    short: { type: 'boolean', default: false },
  },
});
const vitest = spawn(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    'faults',
    ...(values.only === undefined ? [] : ['-t', values.only]),
  ],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      RIACHO_FAULT_SEEDS: values.seeds,
      RIACHO_FAULT_LENGTH: values.short ? 'short' : 'long',
      ...(values.seed !== undefined && { RIACHO_FAULT_SEED: values.seed }),
    },
  },
);
vitest.on('close', (code) => process.exit(code ?? 1));
