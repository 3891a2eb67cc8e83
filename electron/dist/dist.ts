// What `npm run dist` runs: builds the app, brings together what it takes along, and has electron-builder make the
// packages of this system. Arguments go to electron-builder.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const installed = createRequire(import.meta.url);

async function run(file: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
  const child = spawn(process.execPath, [file, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) process.exit(1);
}

const vite = dirname(installed.resolve('vite/package.json'));
const builder = dirname(installed.resolve('electron-builder/package.json'));
await run(join(vite, 'bin', 'vite.js'), ['build', '--logLevel', 'warn']);
await prepare(root);
// Links, not copies: they keep the files' times, by which Java knows the classes that it has in its archive.
await run(join(builder, 'cli.js'), ['--publish', 'never', ...process.argv.slice(2)], {
  USE_HARD_LINKS: 'true',
});
