// Reads a container's log as Docker keeps it. Judges no line of it.
import { stripVTControlCharacters } from 'node:util';
import type { Container } from 'dockerode';
import type { LogRead } from '../../engine.ts';

/** A line as Docker noted it. */
interface NotedLine {
  /** To the nanosecond: `2026-01-31T10:20:30.123456789Z`. */
  time: string;
  text: string;
}

/** The most lines of a log that are looked at for one answer. */
const readLines = 20_000;
/** Longer lines are cut: a log is read by people. */
const lineChars = 8_000;
const headerBytes = 8;

/** The texts of Docker's frames, each behind a header with its stream and length, put together in their order. */
export function unframe(log: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 0; at + headerBytes <= log.length;) {
    const end = at + headerBytes + log.readUInt32BE(at + 4);
    parts.push(log.subarray(at + headerBytes, end));
    at = end;
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Lines with Docker’s time before each, without colours; what has no such time is no line. */
export function notedLines(log: string): NotedLine[] {
  return log.split('\n').flatMap((line) => {
    const space = line.indexOf(' ');
    const time = line.slice(0, space);
    if (!/^\d{4}-\d\d-\d\dT/.test(time)) return [];
    const text = stripVTControlCharacters(line.slice(space + 1)).replace(/\r$/, '');
    return [{ time, text: text.slice(0, lineChars) }];
  });
}

async function read(container: Container, options: { tail: number; since?: string }): Promise<NotedLine[]> {
  const log = await container.logs({
    stdout: true,
    stderr: true,
    timestamps: true,
    follow: false,
    ...options,
  });
  return notedLines(unframe(log));
}

/** The last lines of a container's log, without their times. */
export async function lastLines(container: Container, count: number): Promise<string[]> {
  return (await read(container, { tail: count })).map(({ text }) => text);
}

/** A place is the container, the time of the last line given and how many lines of that very time were given. */
function placeOf(container: string, lines: NotedLine[], before: string): string {
  const time = lines.at(-1)?.time;
  if (time === undefined) return before;
  const given = lines.filter((line) => line.time === time).length;
  return `${container} ${time} ${given}`;
}

/** Docker wants seconds since 1970 with nine places, and counts a line of that very time in. */
function sinceOf(time: string): string {
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? '';
  return `${Math.floor(Date.parse(time) / 1000)}.${fraction.padEnd(9, '0')}`;
}

/** As `Engine.readLog` says; a place in another container's log is none: then it begins anew. */
export async function readContainerLog(
  container: Container,
  limit: number,
  place?: string,
): Promise<LogRead> {
  const [id, time, given] = (place ?? '').split(' ');
  const isKnown = id === container.id && time !== undefined;
  const options = isKnown ? { since: sinceOf(time), tail: readLines } : {};
  const found = await read(container, { tail: place === undefined ? limit : readLines, ...options });
  // Only the lines of the place's own time can be old ones: they are the first.
  const fresh = isKnown ? found.slice(countOld(found, time, Number(given))) : found;
  const lines = fresh.slice(-limit);
  return {
    place: placeOf(container.id, found, place ?? `${container.id}`),
    lines: lines.map((line) => ({ at: Date.parse(line.time), text: line.text })),
    skipped: fresh.length - lines.length,
  };
}

function countOld(found: NotedLine[], time: string, given: number): number {
  const ofThatTime = found.filter((line) => line.time === time).length;
  return Math.min(given, ofThatTime);
}
