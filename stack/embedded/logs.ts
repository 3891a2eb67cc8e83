// Keeps what a service says: all of it in a rotated file, the last lines in memory. Judges nothing.
import { once } from 'node:events';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { createStream } from 'rotating-file-stream';
import { tellingLine } from '../telling-line.ts';

const fileSize = '10M';
const oldFiles = 3;
/** Enough for a Java error with its causes, small enough to forget about. */
const tailLines = 400;
/** Longer lines are cut in memory (the file has them whole), so that the tail stays small. */
const lineChars = 2000;

/** The log of one service. Whoever opens it closes it. */
export interface ServiceLog {
  /** Path of the file being written; older ones stand beside it as `.1` to `.3`. */
  readonly path: string;
  write(chunk: Buffer): void;
  /** The line of the last start that tells a person most; empty when nothing was said. */
  evidence(): string;
  /** Forgets the lines in memory, so that the next evidence is of the next start. */
  forget(): void;
  close(): Promise<void>;
}

/** Opens `<folder>/<name>.log` for appending. A file that cannot be written never stops the service. */
export function openServiceLog(folder: string, name: string): ServiceLog {
  const stream = createStream(`${name}.log`, { path: folder, size: fileSize, rotate: oldFiles });
  stream.on('error', () => undefined);
  const decoder = new StringDecoder('utf8');
  const tail: string[] = [];
  let rest = '';
  return {
    path: join(folder, `${name}.log`),
    write(chunk) {
      stream.write(chunk);
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = (lines.pop() ?? '').slice(0, lineChars);
      tail.push(...lines.map((line) => line.slice(0, lineChars)));
      if (tail.length > tailLines) tail.splice(0, tail.length - tailLines);
    },
    evidence: () => tellingLine([...tail, rest]),
    forget() {
      tail.length = 0;
      rest = '';
    },
    async close() {
      if (stream.closed) return;
      const closed = once(stream, 'close').catch(() => undefined);
      stream.end();
      await closed;
    },
  };
}
