// Makes the packages as `npm run dist` does, from the product's own electron-builder.yml, around the old Electron that
// the tests can have. Says what differs, and nothing else differs. Nobody ever gets these packages.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createBuilder } from 'vite';
import { parse } from 'yaml';
import { prepare } from '../../electron/dist/prepare.ts';
import { buildForTests } from '../electron/build.ts';
import { getElectron } from '../electron/runtime.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const installed = createRequire(import.meta.url);

/** Where the packages lie, with the folder of the unpacked app. */
export const distDir = join(root, 'out', 'dist-22');
export const unpacked = join(distDir, 'linux-unpacked');

async function toolPath(name: string): Promise<string> {
  const { stdout } = await promisify(execFile)('sh', ['-c', `command -v ${name}`]).catch(() => {
    throw new Error(`needs ${name}`);
  });
  return stdout.trim();
}

/** The tools that electron-builder would fetch for an AppImage, from this machine; packing quickly rather than tightly. */
async function appImageTools(head: string): Promise<string> {
  const folder = join(root, 'out', 'appimage-tools');
  await rm(folder, { recursive: true, force: true });
  for (const part of ['runtimes', 'lib/x64']) await mkdir(join(folder, part), { recursive: true });
  const squash = await toolPath('mksquashfs');
  await writeFile(
    join(folder, 'mksquashfs'),
    `#!/bin/sh\nexec ${squash} "$@" -Xcompression-level 1 -processors 2\n`,
  );
  await chmod(join(folder, 'mksquashfs'), 0o755);
  await symlink(await toolPath('desktop-file-validate'), join(folder, 'desktop-file-validate'));
  await symlink(head, join(folder, 'runtimes', 'runtime-x64'));
  return folder;
}

/** Builds all of it anew: the folder of the app, its tar.gz, its AppImage. Rejects with what this machine lacks. */
export async function buildPackages(): Promise<void> {
  const { folder, appImageHead } = await getElectron();
  const tools = await appImageTools(appImageHead);
  const sevenZip = await toolPath('7za');
  // The product's own build lists the packages whose licences go along.
  const builder = await createBuilder({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
  await builder.buildApp();
  await prepare(root);
  const appDir = await buildForTests();

  const product: Record<string, unknown> = parse(await readFile(join(root, 'electron-builder.yml'), 'utf8'), {
    merge: true,
  });
  const { linux } = product;
  const config = {
    ...product,
    directories: { buildResources: join(root, 'assets'), app: appDir, output: distDir },
    files: [
      'package.json',
      '*.cjs',
      'out/**',
      '!**/node_modules/**',
      { from: join(root, 'assets', 'icons'), to: 'assets/icons', filter: '256x256.png' },
    ],
    electronDist: folder,
    electronVersion: '22.3.25',
    afterPack: './tests/dist/after-pack.ts',
    linux: { ...Object(linux), target: ['dir', 'tar.gz', 'AppImage'] },
    // What this AppImage's head can read.
    appImage: { compression: 'gzip' },
    compression: 'store',
  };
  await rm(distDir, { recursive: true, force: true });
  await mkdir(distDir, { recursive: true });
  const configFile = join(distDir, 'config.json');
  await writeFile(configFile, JSON.stringify(config));
  const cli = join(dirname(installed.resolve('electron-builder/package.json')), 'cli.js');
  const child = spawn(process.execPath, [cli, '--publish', 'never', '--linux', '--config', configFile], {
    cwd: root,
    env: {
      ...process.env,
      USE_HARD_LINKS: 'true',
      ELECTRON_BUILDER_7ZIP_PATH: sevenZip,
      APPIMAGE_TOOLS_PATH: tools,
    },
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('electron-builder failed');
}

if (import.meta.filename === process.argv[1]) await buildPackages();
