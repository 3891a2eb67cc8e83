// What the interface costs, in Debian's Chromium: its start, its frames under load, its memory, and the app's own loop
// with the real pipeline at full rate. `npm run bench:ui`, some ten minutes; `-- --short` for 15 s a round and a tenth of
// the rows. No test: it prints, and whoever reads judges by the budgets beside the figures.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { ptBR } from '../../words/sentences/pt-br.ts';
import { openBrowser, type Browser } from '../e2e/browser.ts';
import { openFedLab } from '../e2e/fed-router.ts';
import { stoppedStack } from '../e2e/fed-said.ts';
import { measureFirstScreen, pipelineNode, producerButton, startButton } from '../e2e/first-screen.ts';
import { builtPage } from '../e2e/page-build.ts';
import { places } from '../e2e/places.ts';
import { openProgram } from './ui-client.ts';
import { smoothnessOf, type Smoothness } from './ui-frames.ts';
import { countExactly, fillTable, jump, scroll, untilCalm } from './ui-rows.ts';

const isShort = process.argv.includes('--short');
const roundMs = isShort ? 15_000 : 120_000;
const tableRows = isShort ? 100_000 : 1_000_000;
const starts = 5;
const settleMs = 3_000;

const line = (...cells: (string | number)[]): void => {
  const [name = '', ...rest] = cells;
  process.stdout.write(
    `${String(name).padEnd(34)}${rest.map((cell) => String(cell).padStart(12)).join('')}\n`,
  );
};
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

function printSmoothness(name: string, found: Smoothness): void {
  const { fps, p99FrameMs, longTasks, longestTaskMs, heapBeforeMb, heapAfterMb } = found;
  line(
    name,
    fps.toFixed(1),
    `${p99FrameMs.toFixed(1)} ms`,
    `${longTasks} (${longestTaskMs.toFixed(0)})`,
    `${heapBeforeMb.toFixed(1)} MB`,
    `${heapAfterMb.toFixed(1)} MB`,
  );
}

async function benchStart(browser: Browser): Promise<void> {
  line('start, median of 5', 'paint', 'usable', 'code gzip', 'fonts');
  line('  budget', '600 ms', '1200 ms', '300 kB', '');
  for (const [name, isStopped, selector] of [
    ['  a fresh window', true, startButton],
    ['  the Lab, a stack at work', false, producerButton],
    ['    … with its picture', false, pipelineNode],
  ] as const) {
    const found = [];
    for (let round = 0; round < starts; round += 1) {
      const lab = openFedLab({ rate: 50 });
      if (isStopped) lab.said.stack = stoppedStack();
      const shown = await browser.show(lab.router);
      found.push(await measureFirstScreen(shown.page, selector));
      await shown.close();
    }
    line(
      name,
      `${median(found.map(({ firstPaintMs }) => firstPaintMs)).toFixed(0)} ms`,
      `${median(found.map(({ usableMs }) => usableMs)).toFixed(0)} ms`,
      `${((found[0]?.codeBytes ?? 0) / 1_000).toFixed(0)} kB`,
      `${((found[0]?.fontBytes ?? 0) / 1_000).toFixed(0)} kB`,
    );
  }
}

async function benchLoad(browser: Browser): Promise<void> {
  line('load', 'fps', 'p99 frame', 'tasks > 50', 'heap before', 'after GC');
  line('  budget', '60', '17 ms', '0', '', '+ 5 MB');
  const { router } = openFedLab({ rate: 5_000 });
  const lab = await browser.show(router);
  await places.lab(lab.page);
  await delay(settleMs);
  printSmoothness(`  Lab, 5,000/s, ${roundMs / 1_000} s`, await smoothnessOf(lab.page, () => delay(roundMs)));
  await lab.close();

  const tail = await browser.show(router);
  await places.messages(tail.page);
  await tail.page.getByText(ptBR.screens.messages.froms.live, { exact: true }).click();
  // The ring is full after two seconds: what grows from then on grows for ever.
  await delay(settleMs);
  printSmoothness(
    `  live tail, 5,000/s, ${roundMs / 1_000} s`,
    await smoothnessOf(tail.page, () => delay(roundMs)),
  );
  await tail.close();
}

/** A table that is really as long, under a page. */
async function benchRows(browser: Browser): Promise<void> {
  const program = await openProgram();
  try {
    const { services } = await program.client.stack.start({});
    const address = services.find(({ name }) => name === 'cassandra')?.address ?? '';
    const filled = await fillTable(address, tableRows);
    await untilCalm(program);
    const shown = await browser.visit(program.origin, {}, program.cookie);
    const { page } = shown;
    await places.rows(page);
    const countedMs = await countExactly(page, tableRows);
    line('a table of real rows', 'written', 'counted');
    line(
      `  ${tableRows.toLocaleString('en')} of them`,
      `${Math.round(filled)}/s`,
      `${(countedMs / 1_000).toFixed(1)} s`,
    );
    await delay(settleMs);
    const ms = roundMs / 4;
    // What the machine itself costs, having too few cores.
    printSmoothness(`  at rest, ${ms / 1_000} s`, await smoothnessOf(page, () => delay(ms)));
    printSmoothness(`  wheel, ${ms / 1_000} s`, await smoothnessOf(page, () => scroll(page, ms)));
    printSmoothness(
      `  jumps, ${ms / 1_000} s`,
      await smoothnessOf(page, () => jump(page, { rows: tableRows, ms })),
    );
    await shown.close();
  } finally {
    await program.close();
  }
}

/**
 * The real program, producing and consuming as fast as it goes, watched by a page. Beside its
 * loop's delay that of this process, which only waits: what the machine takes from everyone, having too few cores.
 */
async function benchPipeline(browser: Browser): Promise<void> {
  const program = await openProgram();
  const { client } = program;
  try {
    await client.stack.start({});
    await client.consumer.start({ mode: 'initial' });
    const shown = await browser.visit(program.origin, {}, program.cookie);
    await places.lab(shown.page);
    const delays: number[] = [];
    const ownDelays: number[] = [];
    const own = monitorEventLoopDelay({ resolution: 10 });
    await client.producer.start({ source: 'offline', rate: 'max' });
    let after = 0;
    const smooth = await smoothnessOf(shown.page, async () => {
      own.enable();
      const until = performance.now() + roundMs / 2;
      while (performance.now() < until) {
        const { version, frame } = await client.services.next({ after });
        if (version !== after && after !== 0) {
          delays.push(frame.app.loopDelayP99Ms);
          ownDelays.push(own.percentile(99) / 1e6);
        }
        own.reset();
        after = version;
      }
    });
    const { frame } = await client.runs.next({ after: 0 });
    const written = frame.consumer?.written ?? 0;
    const seconds = (Date.now() - (frame.producer?.startedAt ?? Date.now())) / 1_000;
    line('the real pipeline at full rate', 'loop median', 'loop worst', 'produced/s', 'written/s');
    line('  budget (p99 of a second)', '50 ms');
    line(
      `  the app, ${roundMs / 2_000} s`,
      `${median(delays).toFixed(1)} ms`,
      `${Math.max(...delays).toFixed(1)} ms`,
      Math.round((frame.producer?.produced ?? 0) / seconds),
      Math.round(written / seconds),
    );
    line(
      '  beside it, a process that waits',
      `${median(ownDelays).toFixed(1)} ms`,
      `${Math.max(...ownDelays).toFixed(1)} ms`,
    );
    printSmoothness('  its page (fps, p99, tasks, heap)', smooth);
    await shown.close();
  } finally {
    await program.close();
  }
}

await builtPage();
const browser = await openBrowser();
try {
  await benchStart(browser);
  await benchLoad(browser);
  await benchRows(browser);
  await benchPipeline(browser);
} finally {
  await browser.close();
}
