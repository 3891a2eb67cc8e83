// Lines of the services' logs and of our own, understood: when, how grave, what. Reads no file.
import { z } from 'zod';
import type { LogLevel, LogName } from '../words/services.ts';

/** A line without its time and level; both are absent where the line bears none. */
export interface ParsedLine {
  at?: number;
  level?: LogLevel;
  text: string;
}

/** A longer line is cut: a screen shows no more of it, and the file has it whole. */
const lineChars = 4_000;

/** As `compose/embedded/log4j.properties` and `logback.xml` write them: time in ISO 8601, level, the rest. */
const servicePattern =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?:Z|[+-]\d\d:\d\d)) +(TRACE|DEBUG|INFO|WARN|ERROR|FATAL) +(.*)$/s;

const levels: Record<string, LogLevel> = {
  TRACE: 'debug',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
  FATAL: 'error',
  // PostgreSQL's and Python's own words.
  LOG: 'info',
  NOTICE: 'info',
  WARNING: 'warn',
  CRITICAL: 'error',
  PANIC: 'error',
};

function parseServiceLine(line: string): ParsedLine {
  const [, time, level = '', text = ''] = servicePattern.exec(line) ?? [];
  if (time === undefined) return { text: line };
  return { at: Date.parse(time), level: levels[level] ?? 'info', text };
}

/** What pino writes: one JSON object a line. Source: pino's documentation, `levels`. */
const ownLine = z.object({
  level: z.number(),
  time: z.iso.datetime(),
  msg: z.string().default(''),
  err: z.object({ message: z.string() }).optional(),
  detail: z.unknown().optional(),
});

function ownLevel(level: number): LogLevel {
  if (level >= 50) return 'error';
  if (level >= 40) return 'warn';
  return level >= 30 ? 'info' : 'debug';
}

function parseOwnLine(line: string): ParsedLine {
  let parsed: z.infer<typeof ownLine>;
  try {
    parsed = ownLine.parse(JSON.parse(line));
  } catch {
    return { text: line };
  }
  const { level, time, msg, err, detail } = parsed;
  // Where in the program it was stays in the file.
  const rest = err?.message ?? (detail === undefined ? '' : JSON.stringify(detail));
  return { at: Date.parse(time), level: ownLevel(level), text: [msg, rest].filter(Boolean).join(': ') };
}

/** Where the images' own formats name the level: near the line's beginning, in capitals. */
const namedLevel = /^.{0,80}?\b(TRACE|DEBUG|INFO|LOG|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|PANIC)\b/s;
/** Colours, for a terminal. */
// oxlint-disable-next-line no-control-regex
const colours = /\u001B\[[\d;]*m/g;

/** A line of a container, whose image has a format of its own: told whole, with its level where it names one. */
export function parseContainerLine(line: string): ParsedLine {
  const text = line.replaceAll(colours, '').slice(0, lineChars).toWellFormed();
  const level = levels[namedLevel.exec(text)?.[1] ?? ''];
  return level === undefined ? { text } : { level, text };
}

/** Never throws: whatever is no line of that log is text. */
export function parseLogLine(name: LogName, line: string): ParsedLine {
  const parsed = name === 'riacho' ? parseOwnLine(line) : parseServiceLine(line);
  return { ...parsed, text: parsed.text.slice(0, lineChars).toWellFormed() };
}
