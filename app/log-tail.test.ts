// A log read as it grows: every line once, whole, across rotation and truncation; what is passed over is counted.
import { appendFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readTail, type LogPlace } from './log-tail.ts';

const folder = await mkdtemp(join(tmpdir(), 'riacho-tail-'));
afterAll(() => rm(folder, { recursive: true }));

const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => `line ${from + index}`);
const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** A log of its own with these lines, and a way to read on in it. */
async function logOf(name: string, lines: readonly string[]) {
  const path = join(folder, `${name}.log`);
  await writeFile(path, textOf(lines));
  let place: LogPlace | undefined;
  return {
    path,
    async read(limit = 1_000) {
      const read = await readTail(path, limit, place);
      place = read?.place;
      return read && { lines: read.lines, skipped: read.skipped };
    },
  };
}

describe('a log', () => {
  it('begins with the last lines there are, and goes on with the new ones', async () => {
    const log = await logOf('grows', numbered(0, 20));
    expect(await log.read(5)).toEqual({ lines: numbered(15, 20), skipped: 0 });
    expect(await log.read()).toEqual({ lines: [], skipped: 0 });
    await appendFile(log.path, textOf(numbered(20, 23)));
    expect(await log.read()).toEqual({ lines: numbered(20, 23), skipped: 0 });
  });

  it('gives out a line when it is whole, also where a character is cut in two', async () => {
    const log = await logOf('halves', ['first']);
    await log.read();
    const bytes = Buffer.from('não\r\n');
    await appendFile(log.path, bytes.subarray(0, 2));
    expect(await log.read()).toEqual({ lines: [], skipped: 0 });
    await appendFile(log.path, bytes.subarray(2));
    expect(await log.read()).toEqual({ lines: ['não'], skipped: 0 });
  });

  it('counts what is more than was asked for', async () => {
    const log = await logOf('much', ['first']);
    await log.read();
    await appendFile(log.path, textOf(numbered(0, 60_000)));
    expect(await log.read(1_000)).toEqual({ lines: numbered(59_000, 60_000), skipped: 59_000 });
  });

  it('looks only at the end of one that nobody has read', async () => {
    const log = await logOf('large', numbered(0, 100_000));
    const read = await log.read(200_000);
    expect(read?.lines.at(-1)).toBe('line 99999');
    expect(read?.lines.length).toBeLessThan(60_000);
    expect(read?.lines[0]).toMatch(/^line \d{5}$/);
    expect(read?.skipped).toBe(0);
  });

  it('loses nothing when it is rotated', async () => {
    const log = await logOf('turned', numbered(0, 3));
    await log.read();
    await appendFile(log.path, textOf(numbered(3, 6)));
    await rename(log.path, `${log.path}.1`);
    await writeFile(log.path, textOf(numbered(6, 9)));
    expect(await log.read()).toEqual({ lines: numbered(3, 9), skipped: 0 });
    await appendFile(log.path, textOf(numbered(9, 10)));
    expect(await log.read()).toEqual({ lines: numbered(9, 10), skipped: 0 });
  });

  it('is read from its beginning when it was emptied', async () => {
    const log = await logOf('emptied', numbered(0, 50));
    await log.read();
    await truncate(log.path);
    await appendFile(log.path, textOf(['anew']));
    expect(await log.read()).toEqual({ lines: ['anew'], skipped: 0 });
  });

  it('that is not there is none', async () => {
    expect(await readTail(join(folder, 'nowhere.log'), 10)).toBeUndefined();
  });

  it('of one endless line is given out in parts', async () => {
    const log = await logOf('endless', ['first']);
    await log.read();
    await appendFile(log.path, 'x'.repeat(1_500_000));
    const first = await log.read();
    await appendFile(log.path, 'y\n');
    const rest = await log.read();
    expect([...(first?.lines ?? []), ...(rest?.lines ?? [])].join('')).toBe(`${'x'.repeat(1_500_000)}y`);
  });
});
