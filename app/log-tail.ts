// One log file read as it grows, also across its rotation: each line once, the newest of them kept, the rest counted.
import { open, stat, type FileHandle } from 'node:fs/promises';

/** How far a log was read. */
export interface LogPlace {
  /** Number of the file on its disk: another one means that the log was rotated. */
  file: number;
  /** Byte behind the last whole line that was read. */
  offset: number;
}

export interface TailRead {
  place: LogPlace;
  /** Whole lines, the newest ones. */
  lines: string[];
  /** Lines before them that were passed over. */
  skipped: number;
}

/** Of a log that nobody has read yet, so much of its end is looked at. */
const firstBytes = 512 * 1024;
const chunkBytes = 256 * 1024;
/** A line that does not end within this is none; it is given out in parts. */
const lineBytes = 1024 * 1024;
const newline = 0x0a;

interface Found {
  file: number;
  size: number;
}

async function look(path: string): Promise<Found | undefined> {
  return stat(path).then(
    ({ ino, size }) => ({ file: ino, size }),
    () => undefined,
  );
}

/** Keeps the newest `limit` lines, in the order in which they come. */
class Newest {
  #lines: string[] = [];
  skipped = 0;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length >= 2 * this.#limit) this.#trim();
  }

  get lines(): string[] {
    this.#trim();
    return this.#lines;
  }

  #trim(): void {
    const surplus = this.#lines.length - this.#limit;
    if (surplus <= 0) return;
    this.skipped += surplus;
    this.#lines = this.#lines.slice(surplus);
  }
}

/** Reads whole lines of `path` from `offset` on; resolves with the byte behind the last of them. */
async function readLines(path: string, offset: number, newest: Newest): Promise<number> {
  const handle = await open(path, 'r').catch(() => undefined);
  if (handle === undefined) return offset;
  try {
    return await readFrom(handle, offset, newest);
  } finally {
    await handle.close();
  }
}

async function readFrom(handle: FileHandle, offset: number, newest: Newest): Promise<number> {
  let rest = Buffer.alloc(0);
  let at = offset;
  for (;;) {
    const { bytesRead, buffer } = await handle.read(
      Buffer.alloc(chunkBytes),
      0,
      chunkBytes,
      at + rest.length,
    );
    if (bytesRead === 0) return at;
    const bytes = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
    let start = 0;
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
      newest.add(bytes.toString('utf8', start, end).replace(/\r$/, ''));
      start = end + 1;
    }
    if (bytes.length - start > lineBytes) {
      newest.add(bytes.toString('utf8', start));
      start = bytes.length;
    }
    at += start;
    rest = bytes.subarray(start);
  }
}

/**
 * Lines behind `place`, `limit` at most; without a place, or with one that fits no file any more, the last ones there
 * are. Undefined where there is no such file.
 */
export async function readTail(path: string, limit: number, place?: LogPlace): Promise<TailRead | undefined> {
  const found = await look(path);
  if (found === undefined) return undefined;
  const newest = new Newest(limit);
  const isSame = place?.file === found.file && place.offset <= found.size;
  if (place !== undefined && !isSame) {
    // What came before the rotation lies in the file beside it.
    const rotated = await look(`${path}.1`);
    if (rotated?.file === place.file) await readLines(`${path}.1`, place.offset, newest);
  }
  if (place !== undefined) {
    const offset = await readLines(path, isSame ? place.offset : 0, newest);
    return { place: { file: found.file, offset }, lines: newest.lines, skipped: newest.skipped };
  }
  const from = Math.max(0, found.size - firstBytes);
  const offset = await readLines(path, from, newest);
  // The first line may be only the end of one; those before the frame are not missing to whoever begins here.
  const { lines } = newest;
  const isCut = from > 0 && newest.skipped === 0;
  return { place: { file: found.file, offset }, lines: isCut ? lines.slice(1) : lines, skipped: 0 };
}
