// The logs of the services and of the app, merged by time and read as they grow. Keeps nothing between two polls: all
// that it must remember travels in the cursor.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Engine } from '../stack/engine.ts';
import { logFrameLines, logLevel, logName, type LogLine, type LogName } from '../words/services.ts';
import { parseLogLine } from './log-lines.ts';
import { readTail, type TailRead } from './log-tail.ts';
import { pollMs } from './streams/feed.ts';

const lookMs = 200;

export interface LogsInput {
  names: LogName[];
  cursor?: string | undefined;
}

export interface LogsFrame {
  cursor: string;
  lines: LogLine[];
  skipped: number;
}

/** How far each log was read; `at` and `level` are what a line without any takes over. */
const place = z.object({
  file: z.number(),
  offset: z.number().int().nonnegative(),
  at: z.number(),
  level: logLevel,
});
type Place = z.infer<typeof place>;
const cursorShape = z.partialRecord(logName, place);
type Cursor = z.infer<typeof cursorShape>;

function encode(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** A cursor that is none begins anew. */
function decode(text: string): Cursor | undefined {
  try {
    return cursorShape.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}

export class Logs {
  readonly #engine: Pick<Engine, 'next'>;
  readonly #dataDir: string;
  readonly #own: string;

  /** `own`: path of the app's log file. */
  constructor(parts: { engine: Pick<Engine, 'next'>; dataDir: string; own: string }) {
    this.#engine = parts.engine;
    this.#dataDir = parts.dataDir;
    this.#own = parts.own;
  }

  /** Path of each log that is kept on this machine; that of an external cluster's service is not. */
  async paths(): Promise<Partial<Record<LogName, string>>> {
    const own = { riacho: this.#own };
    const { frame } = await this.#engine.next(0);
    if (frame.engine !== 'embedded') return own;
    const services = frame.services.map(({ name, log }) => [
      name,
      // What a stopped stack has last said stays there to be read.
      log ?? join(this.#dataDir, 'logs', `${name}.log`),
    ]);
    return { ...Object.fromEntries(services), ...own };
  }

  /** Lines behind the cursor, the newest of them; answers within a second when there are none. */
  async next({ names, cursor }: LogsInput, signal?: AbortSignal): Promise<LogsFrame> {
    const known = cursor === undefined ? undefined : decode(cursor);
    const deadline = performance.now() + pollMs;
    const paths = await this.paths();
    for (;;) {
      const frame = await readAll(names, paths, known ?? {});
      const isOver = known === undefined || performance.now() >= deadline || signal?.aborted;
      if (frame.lines.length > 0 || isOver) return frame;
      await delay(lookMs, undefined, signal && { signal }).catch(() => undefined);
    }
  }
}

/** One look at all of them. */
async function readAll(
  names: readonly LogName[],
  paths: Partial<Record<LogName, string>>,
  known: Cursor,
): Promise<LogsFrame> {
  const cursor: Cursor = { ...known };
  const all: LogLine[] = [];
  let skipped = 0;
  for (const name of new Set(names)) {
    const path = paths[name];
    const read = path === undefined ? undefined : await readTail(path, logFrameLines, known[name]);
    if (read === undefined) continue;
    const { lines, last } = toLines(name, read, known[name]);
    all.push(...lines);
    cursor[name] = last;
    skipped += read.skipped;
  }
  // Equal times keep the order of their file: a stack trace stays in one piece.
  all.sort((a, b) => a.at - b.at);
  const surplus = Math.max(0, all.length - logFrameLines);
  const isFirst = Object.keys(known).length === 0;
  return {
    cursor: encode(cursor),
    lines: all.slice(surplus),
    skipped: isFirst ? 0 : skipped + surplus,
  };
}

/** Lines with time and level; one that bears none is part of what the line before it says. */
function toLines(name: LogName, read: TailRead, known: Place | undefined): { lines: LogLine[]; last: Place } {
  const parsed = read.lines.map((line) => parseLogLine(name, line));
  const first = parsed.find(({ at }) => at !== undefined);
  let at = known?.at ?? first?.at ?? 0;
  let level = known?.level ?? 'info';
  const lines = parsed.map((line) => {
    at = line.at ?? at;
    level = line.level ?? level;
    return { name, at, level, text: line.text };
  });
  return { lines, last: { ...read.place, at, level } };
}
