// run: the whole way in one command. Up, produce and consume side by side, rows, CSV, down.
import { access, constants } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { liveRateMax, type ProducerInput } from '../../contract/contract.ts';
import { RiachoError } from '../../words/errors.ts';
import type { ConsumerMode, Processor } from '../../words/runs.ts';
import { userColumns } from '../../words/users.ts';
import type { Terminal } from '../host.ts';
import type { SourceFlag } from '../values.ts';
import { writeCsv } from './export.ts';
import { startStack } from './stack.ts';
import { Watch, type Share } from './watch.ts';

/** How many rows are shown, and which columns of them: what fits a terminal and tells the rows apart. */
const shownRows = 5;
const shownColumns = ['id', 'first_name', 'last_name', 'email', 'post_code', 'address'] as const;
const defaultForMs = 60_000;

export interface ProduceFlags {
  source: SourceFlag;
  url?: string;
  for?: number;
  count?: number;
  rate: number | 'max';
  faulty: number;
}

export interface RunFlags extends ProduceFlags {
  mode: ConsumerMode;
  processor: Processor;
  csv?: string;
}

/**
 * What the flags ask of the producer: 60 seconds where they name neither a time nor a count. Throws `BAD_INPUT` for
 * a rate that the live API does not allow: to be asked before anything is started.
 */
export function producerInputOf(flags: ProduceFlags): ProducerInput {
  const isLive = flags.source.source === 'randomuser' && flags.url === undefined;
  if (isLive && (flags.rate === 'max' || flags.rate > liveRateMax)) {
    throw new RiachoError('BAD_INPUT', { detail: `--rate ${flags.rate} (randomuser.me: ≤ ${liveRateMax})` });
  }
  const forMs =
    flags.for ?? (flags.count === undefined && flags.source.source !== 'replay' ? defaultForMs : undefined);
  return {
    ...flags.source,
    // An address of the user's own is meant: it never falls back to generated users.
    ...(flags.url !== undefined && {
      url: flags.url,
      source: flags.source.source === 'auto' ? 'randomuser' : flags.source.source,
    }),
    rate: flags.rate,
    ...(forMs !== undefined && { forMs }),
    ...(flags.count !== undefined && { count: flags.count }),
    faultyPercent: flags.faulty,
  };
}

/** How much of the producer's time or count is over. */
export function producerShare({ forMs, count }: ProducerInput): Share {
  return ({ producer }) => {
    if (!producer) return 0;
    if (producer.endedAt !== undefined) return 1;
    const ofTime = forMs === undefined ? undefined : (Date.now() - producer.startedAt) / forMs;
    const ofCount = count === undefined ? undefined : producer.produced / count;
    return ofTime === undefined && ofCount === undefined ? undefined : Math.max(ofTime ?? 0, ofCount ?? 0);
  };
}

/** Refuses before anything is started what would fail only at the end. */
async function checkFiles({ csv, source }: RunFlags): Promise<void> {
  if (csv !== undefined) {
    const folder = dirname(resolve(csv));
    await access(folder, constants.W_OK).catch((error: unknown) => {
      throw new RiachoError('EXPORT_UNWRITABLE', { path: resolve(csv), detail: codeOf(error) }, error);
    });
  }
  if (source.replayFile !== undefined) {
    const path = resolve(source.replayFile);
    await access(path, constants.R_OK).catch((error: unknown) => {
      throw new RiachoError('REPLAY_UNREADABLE', { path, detail: codeOf(error) }, error);
    });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

export function announce(
  { screen, say }: Terminal,
  flags: RunFlags | (ProduceFlags & { mode?: ConsumerMode }),
): void {
  const name = flags.url ?? (flags.source.source === 'auto' ? 'randomuser' : flags.source.source);
  const source = flags.url ?? say(`sources.${name}`);
  const rate = flags.rate === 'max' ? say('cli.rateMax') : say('cli.rateEach', { rate: flags.rate });
  screen.line(say('cli.producing', { source, rate }));
}

export async function run(terminal: Terminal, flags: RunFlags): Promise<void> {
  const { client, screen, say } = terminal;
  const { mode, processor } = flags;
  const startedAt = performance.now();
  const input = producerInputOf(flags);
  await checkFiles(flags);
  if (processor === 'spark' && terminal.engine === 'embedded') throw new RiachoError('SPARK_MISSING');
  await startStack(terminal, false);
  announce(terminal, flags);
  screen.line(say(`cli.consuming.${processor}`, { mode }));
  const watch = new Watch(terminal, producerShare(input));
  // From here on: the start itself may have to wait, for the group to be free, and says so.
  watch.begin();
  try {
    await client.consumer.start({ mode, processor }, { signal: terminal.signal });
    await client.producer.start(input);
    await watch.until(({ producer }) => producer?.endedAt !== undefined);
    screen.line(say('cli.finishing'));
    await watch.until(() => client.consumer.isCaughtUp());
  } finally {
    await client.producer.stop();
    await client.consumer.stop();
    await watch.end();
  }
  const rows = await showRows(terminal);
  if (flags.csv !== undefined) await writeCsv(terminal, { file: flags.csv });
  const { producer, consumer } = watch.frames;
  const summary = {
    produced: producer?.produced ?? 0,
    written: consumer?.written ?? 0,
    deadLetters: consumer?.deadLetters ?? 0,
    waiting: consumer?.waiting ?? 0,
    skipped: consumer?.skipped ?? 0,
    rows,
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    source: producer?.origin ?? flags.source.source,
    processor,
    engine: terminal.engine,
  };
  screen.line(say('cli.summary', summary));
  screen.event({ event: 'summary', ...summary });
  if (terminal.engine !== 'external') screen.line(say('cli.stopping'));
}

async function showRows({ client, screen, say }: Terminal): Promise<number> {
  const total = await client.rows.count();
  if (screen.isJson) return total;
  const { rows } = await client.rows.read({ limit: shownRows });
  if (rows.length === 0) {
    screen.line(say('cli.noRows'));
    return total;
  }
  const columns = userColumns.filter((column) => shownColumns.some((shown) => shown === column));
  screen.line(say('cli.firstRows', { count: rows.length, total }));
  screen.table(
    columns,
    rows.map((row) => columns.map((column) => row[column] ?? '')),
  );
  return total;
}
