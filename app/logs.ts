// The logs of the services and of the app, merged by time and read as they grow. Keeps nothing between two polls: all
// that it must remember travels in the cursor.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Engine } from '../stack/engine.ts';
import { logFrameLines, logLevel, logName, type LogLine, type LogName } from '../words/services.ts';
import { parseContainerLine, parseLogLine } from './log-lines.ts';
import { readTail } from './log-tail.ts';
import { jobLogPath } from './spark/job-log.ts';
import { pollMs } from './streams/feed.ts';

/** A file is looked at often; an engine has to read the end of a container's log for each look. */
const lookMs = { file: 200, engine: 700 };

export interface LogsInput {
  names: LogName[];
  cursor?: string | undefined;
}

export interface LogsFrame {
  cursor: string;
  lines: LogLine[];
  skipped: number;
}

/** How far a log was read, in a file or by an engine; `at` and `level` are what a line without any takes over. */
const last = z.object({ at: z.number(), level: logLevel });
const place = z.union([
  last.extend({ file: z.number(), offset: z.number().int().nonnegative() }),
  last.extend({ place: z.string() }),
]);
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

type Logged = Pick<Engine, 'next' | 'readLog'>;

export class Logs {
  readonly #engine: Logged;
  readonly #dataDir: string;
  readonly #own: string;

  /** `own`: path of the app's log file. */
  constructor(parts: { engine: Logged; dataDir: string; own: string }) {
    this.#engine = parts.engine;
    this.#dataDir = parts.dataDir;
    this.#own = parts.own;
  }

  /** Path of each log that is kept on this machine; that of an external cluster's service is not. */
  async paths(): Promise<Partial<Record<LogName, string>>> {
    const own = { riacho: this.#own, 'spark-job': jobLogPath(this.#dataDir) };
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
    const everyMs = names.every((name) => paths[name] !== undefined) ? lookMs.file : lookMs.engine;
    for (;;) {
      const frame = await this.#readAll(names, paths, known ?? {});
      const isOver = known === undefined || performance.now() >= deadline || signal?.aborted;
      if (frame.lines.length > 0 || isOver) return frame;
      await delay(everyMs, undefined, signal && { signal }).catch(() => undefined);
    }
  }

  /** One look at all of them. */
  async #readAll(
    names: readonly LogName[],
    paths: Partial<Record<LogName, string>>,
    known: Cursor,
  ): Promise<LogsFrame> {
    const reads = await Promise.all(
      [...new Set(names)].map(async (name) => {
        const path = paths[name];
        const read =
          path === undefined ? await this.#readEngine(name, known[name]) : await readFile(path, known[name]);
        return read && { name, ...read };
      }),
    );
    const cursor: Cursor = { ...known };
    const all: LogLine[] = [];
    let skipped = 0;
    for (const read of reads) {
      if (read === undefined) continue;
      const { lines, last } = toLines(read.name, read.lines, known[read.name]);
      all.push(...lines);
      cursor[read.name] = { ...read.place, ...last };
      skipped += read.skipped;
    }
    // Equal times keep the order of their log: a stack trace stays in one piece.
    all.sort((a, b) => a.at - b.at);
    const surplus = Math.max(0, all.length - logFrameLines);
    const isFirst = Object.keys(known).length === 0;
    return {
      cursor: encode(cursor),
      lines: all.slice(surplus),
      skipped: isFirst ? 0 : skipped + surplus,
    };
  }

  async #readEngine(name: LogName, known: Place | undefined): Promise<Read | undefined> {
    if (name === 'riacho' || name === 'spark-job') return undefined;
    const place = known && 'place' in known ? known.place : undefined;
    const read = await this.#engine.readLog?.(name, logFrameLines, place);
    return read && { ...read, place: { place: read.place } };
  }
}

/** What was read of one log: its lines, with the time where its engine has noted that, and how far. */
interface Read {
  lines: { at?: number; text: string }[];
  place: { file: number; offset: number } | { place: string };
  skipped: number;
}

async function readFile(path: string, known: Place | undefined): Promise<Read | undefined> {
  const read = await readTail(path, logFrameLines, known && 'file' in known ? known : undefined);
  return read && { ...read, lines: read.lines.map((text) => ({ text })) };
}

/** Lines with time and level; one that bears none is part of what the line before it says. */
function toLines(
  name: LogName,
  read: Read['lines'],
  known: Place | undefined,
): { lines: LogLine[]; last: z.infer<typeof last> } {
  const parsed = read.map(({ at, text }) =>
    at === undefined ? parseLogLine(name, text) : { ...parseContainerLine(text), at },
  );
  const first = parsed.find(({ at }) => at !== undefined);
  let at = known?.at ?? first?.at ?? 0;
  let level = known?.level ?? 'info';
  const lines = parsed.map((line) => {
    at = line.at ?? at;
    level = line.level ?? level;
    return { name, at, level, text: line.text };
  });
  return { lines, last: { at, level } };
}
