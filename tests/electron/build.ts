// Builds the app a second time, for the old Electron that the tests can have: CommonJS for Node 16, a page for
// Chromium 108, and the twin of the one file that knows newer Electrons. Nobody ever gets this build.
import { cp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import packageFile from '../../package.json' with { type: 'json' };
import { withoutUnused } from '../../electron/dist/bundling.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where the build lies. */
export const appDir = join(root, 'out', 'electron-22');

const twin: Plugin = {
  name: 'platform-of-electron-22',
  enforce: 'pre',
  resolveId: (source) =>
    source.endsWith('/platform.ts') ? join(root, 'tests', 'electron', 'platform-22.ts') : null,
};

const polyfilledPage: Plugin = {
  name: 'page-for-chromium-108',
  transform: (code, id) =>
    id.endsWith('/renderer/main.tsx')
      ? { code: `import '${join(root, 'tests', 'electron', 'language.cjs')}';\n${code}`, map: null }
      : null,
};

async function buildDesktop(entry: 'main' | 'preload'): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [twin, withoutUnused],
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: join(root, 'electron', `${entry}.ts`),
      outDir: join(appDir, 'out', entry),
      target: 'node16',
      minify: false,
      rolldownOptions: {
        external: [/^electron$/, /^node:/],
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
      },
    },
  });
}

/** Builds all of it anew; resolves with the folder that Electron is started on. */
export async function buildForTests(): Promise<string> {
  await rm(appDir, { recursive: true, force: true });
  await mkdir(appDir, { recursive: true });
  await buildDesktop('main');
  await buildDesktop('preload');
  await build({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'warn',
    plugins: [polyfilledPage],
    build: { outDir: join(appDir, 'out', 'renderer'), target: 'chrome108', cssTarget: 'chrome108' },
  });
  for (const name of ['polyfills.cjs', 'language.cjs']) {
    await cp(join(root, 'tests', 'electron', name), join(appDir, name));
  }
  await writeFile(
    join(appDir, 'entry.cjs'),
    "require('./polyfills.cjs');\nrequire('./out/main/main.cjs');\n",
  );
  const { name, version } = packageFile;
  await writeFile(join(appDir, 'package.json'), JSON.stringify({ name, version, main: 'entry.cjs' }));
  for (const folder of ['assets', 'compose']) await symlink(join(root, folder), join(appDir, folder));
  return appDir;
}

if (import.meta.filename === process.argv[1]) await buildForTests();
