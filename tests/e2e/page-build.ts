// The page as `npm run build` makes it, where `serve` looks for it; built anew when a source is newer.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));
const outDir = join(root, 'out', 'renderer');
const sources = ['renderer', 'words', 'contract', 'assets', 'vite.config.ts', 'package-lock.json'];

/** The folder of the built page. */
export async function builtPage(): Promise<string> {
  const built = await stat(join(outDir, 'index.html')).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  if ((await newestOf(sources.map((name) => join(root, name)))) > built) await buildPage();
  return outDir;
}

async function buildPage(): Promise<void> {
  // Under vitest's own value React would be built for development.
  const { NODE_ENV } = process.env;
  delete process.env['NODE_ENV'];
  try {
    await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
  } finally {
    if (NODE_ENV !== undefined) process.env['NODE_ENV'] = NODE_ENV;
  }
}

/** Epoch ms of the newest change in these files and folders; a folder's own time tells of what was removed. */
async function newestOf(paths: readonly string[]): Promise<number> {
  const times = await Promise.all(
    paths.map(async (path) => {
      const found = await stat(path);
      if (!found.isDirectory()) return found.mtimeMs;
      const inside = await readdir(path);
      return Math.max(found.mtimeMs, await newestOf(inside.map((name) => join(path, name))));
    }),
  );
  return Math.max(0, ...times);
}
