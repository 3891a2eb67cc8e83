// produce and consume: each side of `run` on its own, on a stack that runs already.
import type { ConsumerMode, Processor } from '../../words/runs.ts';
import type { Terminal } from '../host.ts';
import { announce, producerInputOf, producerShare, type ProduceFlags } from './run.ts';
import { Watch } from './watch.ts';

export async function produce(terminal: Terminal, flags: ProduceFlags): Promise<void> {
  const { client, screen, say } = terminal;
  const input = producerInputOf(flags);
  const watch = new Watch(terminal, producerShare(input));
  announce(terminal, flags);
  await client.producer.start(input);
  watch.begin();
  try {
    await watch.until(({ producer }) => producer?.endedAt !== undefined);
  } finally {
    await client.producer.stop();
    await watch.end();
  }
  const { producer } = watch.frames;
  const seconds = ((producer?.endedAt ?? 0) - (producer?.startedAt ?? 0)) / 1_000;
  const summary = { produced: producer?.produced ?? 0, spoiled: producer?.spoiled ?? 0, seconds };
  screen.line(say('cli.runDone', { seconds }));
  screen.event({
    event: 'summary',
    ...summary,
    source: producer?.origin ?? input.source,
    engine: terminal.engine,
  });
}

export interface ConsumeFlags {
  mode: ConsumerMode;
  processor: Processor;
  for?: number;
  untilIdle?: number;
}

/** Without `--for` and `--until-idle` it goes on until Ctrl-C, which then is its ordinary end. */
export async function consume(terminal: Terminal, flags: ConsumeFlags): Promise<void> {
  const { client, screen, say } = terminal;
  const { mode, processor } = flags;
  const startedAt = performance.now();
  const watch = new Watch(terminal);
  screen.line(say(`cli.consuming.${processor}`, { mode }));
  watch.begin();
  let idleSince: number | undefined;
  try {
    await client.consumer.start({ mode, processor }, { signal: terminal.signal });
    await watch.until(async () => {
      const now = performance.now();
      if (flags.for !== undefined && now - startedAt >= flags.for) return true;
      if (flags.untilIdle === undefined) return false;
      const isIdle = await client.consumer.isCaughtUp();
      idleSince = isIdle ? (idleSince ?? now) : undefined;
      return idleSince !== undefined && now - idleSince >= flags.untilIdle;
    });
  } finally {
    await client.consumer.stop();
    await watch.end();
  }
  const { consumer } = watch.frames;
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  const summary = {
    written: consumer?.written ?? 0,
    deadLetters: consumer?.deadLetters ?? 0,
    skipped: consumer?.skipped ?? 0,
    waiting: consumer?.waiting ?? 0,
    seconds,
  };
  screen.line(say('cli.runDone', { seconds }));
  screen.event({ event: 'summary', mode, processor, ...summary, engine: terminal.engine });
}
