// What is remembered of a window, and when it is better forgotten.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWindowState, visibleBounds, writeWindowState } from './window-state.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riacho-window-'));
});
afterAll(() => rm(folder, { recursive: true }));

const usual = { isMaximized: false, theme: 'system', language: 'system' };

describe('the state of the window', () => {
  it('is read as it was written', () => {
    const path = join(folder, 'written.json');
    const state = {
      bounds: { x: -3, y: 4, width: 1000, height: 700 },
      isMaximized: true,
      theme: 'dark',
      language: 'pt-BR',
    } as const;
    writeWindowState(path, state);
    expect(readWindowState(path)).toEqual(state);
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"bounds":{"x":"1"}}',
    '{"theme":"pink"}',
    '{"bounds":{"x":0,"y":0,"width":-1,"height":1}}',
  ])('is the usual where the file holds %j', async (text) => {
    const path = join(folder, 'spoiled.json');
    await writeFile(path, text);
    expect(readWindowState(path)).toEqual(usual);
  });

  it('is the usual where there is no file, and goes unwritten where there can be none', () => {
    const path = join(folder, 'no', 'folder.json');
    writeWindowState(path, { isMaximized: true, theme: 'dark', language: 'en' });
    expect(readWindowState(path)).toEqual(usual);
  });
});

describe('bounds that were remembered', () => {
  const screens = [
    { x: 0, y: 0, width: 1920, height: 1080 },
    { x: 1920, y: 0, width: 1280, height: 1024 },
  ];
  const size = { width: 1000, height: 700 };
  it.each([
    [{ x: 0, y: 0 }, true],
    [{ x: -900, y: 10 }, true],
    [{ x: -901, y: 10 }, false],
    [{ x: 3_100, y: 10 }, true],
    [{ x: 3_101, y: 10 }, false],
    [{ x: 10, y: -1 }, false],
    [{ x: 10, y: 1_050 }, true],
    [{ x: 10, y: 1_051 }, false],
    [{ x: 5_000, y: 5_000 }, false],
  ])('at %j can be taken hold of: %s', (place, isVisible) => {
    expect(visibleBounds({ ...place, ...size }, screens)).toEqual(
      isVisible ? { ...place, ...size } : undefined,
    );
  });
});
