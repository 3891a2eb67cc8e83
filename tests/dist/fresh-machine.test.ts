// The packages on a machine that has nothing: no network, no Java, no Node, an empty home. What is bundled must do.
import { chmod, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { distDir, unpacked } from './build.ts';
import { bringFirstRows, exportRows } from './first-rows.ts';
import { makeMachine, type Machine } from './fresh-machine.ts';

/** From the double-click to the first row, the first start of all included. */
const firstRowSeconds = 60;

let machine: Machine;
beforeEach(async () => {
  machine = await makeMachine(inject('display'));
});
afterEach(() => machine.remove());

describe('the unpacked app', () => {
  it('brings the first row within a minute, and ends with nothing left running', async () => {
    const app = await machine.start(join(unpacked, 'riacho'));
    const { seconds, rows } = await bringFirstRows(app, machine.home);
    process.stdout.write(`unpacked: first row after ${seconds.toFixed(1)} s\n`);
    expect(rows).toBeGreaterThan(100);
    expect(seconds).toBeLessThan(firstRowSeconds);
    await app.end();
  });

  it('finds the rows again after it was moved, in a folder that the first versions left without a mark', async () => {
    const app = await machine.start(join(unpacked, 'riacho'));
    const { rows } = await bringFirstRows(app, machine.home);
    await app.end();
    await rm(join(machine.home, '.local', 'share', 'riacho', 'riacho.json'));
    // On the same disk, as moving is; and back again for the other tests.
    const elsewhere = await mkdtemp(join(distDir, 'moved here '));
    await chmod(elsewhere, 0o755);
    const moved = join(elsewhere, 'Riacho');
    await rename(unpacked, moved);
    try {
      const again = await machine.start(join(moved, 'riacho'));
      await again.page.getByRole('button', { name: 'Start stack' }).click();
      await again.page.getByText('Stop stack').first().waitFor({ timeout: 120_000 });
      expect(await exportRows(again, join(machine.home, 'again.csv'))).toBe(rows);
      await again.end();
    } finally {
      await rename(moved, unpacked);
      await rm(elsewhere, { recursive: true });
    }
  });
});

describe('the AppImage', () => {
  it('brings the first row within a minute, and ends with nothing left running', async () => {
    const [name = ''] = (await readdir(distDir)).filter((file) => file.endsWith('.AppImage'));
    // Without the right to mount anything it unpacks itself, which is the slower of its two ways.
    const app = await machine.start(join(distDir, name), {
      APPIMAGE_EXTRACT_AND_RUN: '1',
      TMPDIR: machine.home,
    });
    const { seconds, rows } = await bringFirstRows(app, machine.home);
    process.stdout.write(`AppImage: first row after ${seconds.toFixed(1)} s\n`);
    expect(rows).toBeGreaterThan(100);
    expect(seconds).toBeLessThan(firstRowSeconds);
    await app.end();
  });
});
