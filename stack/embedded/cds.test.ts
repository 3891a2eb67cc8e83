import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startArchive } from './cds.ts';
import type { Java } from './java.ts';

// A colon would end an archive's name on Java's command line.
const cwd = await mkdtemp(join(tmpdir(), 'riacho:cds-'));
const folder = join(cwd, 'cds');
const java: Java = { path: 'java', home: cwd, version: '17', major: 17, build: 'one' };
const open = (build = 'one') => startArchive({ folder, cwd }, 'kafka', { ...java, build });
const fileOf = (flags: string[]) => join(cwd, flags[0]?.split('=')[1] ?? '');
afterAll(() => rm(cwd, { recursive: true }));

describe('a start archive', () => {
  it('is kept of a clean and full life, and used from then on by the same Java', async () => {
    const made = await open();
    expect(made.isUsed).toBe(false);
    expect(made.flags[0]).toMatch(/^-XX:ArchiveClassesAtExit=[^:]+$/);
    await writeFile(fileOf(made.flags), 'classes');
    await made.keep(143, true);
    const used = await open();
    expect(used.isUsed).toBe(true);
    expect(used.flags[0]).toMatch(/^-XX:SharedArchiveFile=[^:]+\.jsa$/);
    expect((await open('two')).isUsed).toBe(false);
    await used.drop();
    expect((await open()).isUsed).toBe(false);
  });

  it.each([
    ['a kill', 137, true],
    ['a start that never was healthy', 143, false],
  ])('is not kept after %s', async (_, code, wasHealthy) => {
    const made = await open();
    await writeFile(fileOf(made.flags), 'half');
    await made.keep(code, wasHealthy);
    expect(await readdir(folder)).toEqual([]);
  });
});
