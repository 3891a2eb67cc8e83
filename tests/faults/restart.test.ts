// The whole stack stopped in mid-run and started again, and then each mode on what is there.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLab, type Lab } from '../integration/lab.ts';
import { deadPorts } from '../integration/machine.ts';
import { checkEverything, resumeWithinMs, ride } from './ride.ts';
import { drawing, outageMs, seeds } from './seeds.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab({ ports: await deadPorts() });
});
afterAll(async () => {
  await lab?.close();
});

it.each(seeds)('full stop and restart: the run goes on, and so does each mode (seed %i)', async (seed) => {
  const goesWell = { code: 0, stderr: '' };
  const resumedMs = await ride(
    lab,
    // Early and slow: on a busy machine the run goes on for many seconds until all has stopped.
    { count: 4_000, rate: 200, share: drawing(seed)(0.15, 0.3) },
    {
      strike: async () => {
        expect(await lab.cli('down')).toMatchObject(goesWell);
      },
      lastsMs: outageMs,
      end: async () => {
        expect(await lab.cli('up', '--detach', '--json')).toMatchObject(goesWell);
      },
    },
  );
  expect(resumedMs).toBeLessThan(resumeWithinMs);
  for (const mode of ['append', 'initial']) {
    expect(await lab.cli('down')).toMatchObject(goesWell);
    expect(await lab.cli('up', '--detach', '--json')).toMatchObject(goesWell);
    const consumed = await lab.cli('consume', '--mode', mode, '--until-idle', '1s', '--json');
    expect(consumed).toMatchObject(goesWell);
    await checkEverything(lab, 4_000);
  }
});
