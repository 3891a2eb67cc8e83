// Any order of what people do and what goes wrong, against a model.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openLab } from '../integration/lab.ts';
import { deadPorts } from '../integration/machine.ts';
import { commands, type Model, type Real } from './model.ts';
import { seeds } from './seeds.ts';

it.each(seeds)('whatever is done in whatever order, the sum holds (seed %i)', async (seed) => {
  const real: Real = { lab: await openLab({ ports: await deadPorts() }) };
  try {
    const one = fc.commands([...commands], { size: '+1', maxCommands: 10 });
    const details = await fc.check(
      fc.asyncProperty(one, async (chosen) => {
        const fresh = (): { model: Model; real: Real } => ({
          model: { produced: 0, mode: 'append', skipped: undefined },
          real,
        });
        await fc.asyncModelRun(fresh, chosen);
      }),
      // Servers and minutes: what failed is told with its commands, and not made smaller.
      { seed, numRuns: 1, endOnFailure: true },
    );
    process.stdout.write(`${fc.defaultReportMessage(details) ?? 'held'}\n`);
    expect(details.errorInstance ?? undefined).toBeUndefined();
  } finally {
    await real.lab.close();
  }
});
