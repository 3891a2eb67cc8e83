// Which data folders can be opened: those of older apps as they are, none of a newer one.
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from './create-app.ts';
import { claimDataFolder, dataFormat } from './data-format.ts';
import { defaultFolders } from './folders.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'riacho-format-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

const markIn = async (folder: string): Promise<unknown> =>
  JSON.parse(await readFile(join(folder, 'riacho.json'), 'utf8'));
const open = () => createApp({ folders: defaultFolders(dataDir), host: { kind: 'terminal' } });

describe('a data folder', () => {
  it('of the first versions, which left no mark and knew fewer settings, is opened with what they set', async () => {
    await mkdir(join(dataDir, 'logs'));
    await writeFile(join(dataDir, 'settings.json'), '{"engine":"embedded","theme":"dark"}');
    const app = await open();
    await app.close();
    expect(JSON.parse(await readFile(join(dataDir, 'settings.json'), 'utf8'))).toMatchObject({
      theme: 'dark',
    });
    expect(await markIn(dataDir)).toMatchObject({ format: dataFormat });
  });

  it('of a newer app is left as it is, and told with that version', async () => {
    const text = `{"format":${dataFormat + 1},"version":"9.1.0","more":true}`;
    await writeFile(join(dataDir, 'riacho.json'), text);
    await expect(open()).rejects.toMatchObject({
      code: 'DATA_FOLDER_NEWER',
      params: { path: dataDir, version: '9.1.0' },
    });
    expect(await readdir(dataDir)).toEqual(['riacho.json']);
    expect(await readFile(join(dataDir, 'riacho.json'), 'utf8')).toBe(text);
  });

  it.each(['', '{', '{"format":"x"}'])('whose mark is %j is marked anew', async (text) => {
    await writeFile(join(dataDir, 'riacho.json'), text);
    await claimDataFolder(dataDir);
    expect(await markIn(dataDir)).toMatchObject({ format: dataFormat });
  });
});
