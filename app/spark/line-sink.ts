// Cuts what is written to it into lines, whatever comes. Understands none.
import { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** Longer lines are cut: a stack trace has lines of some hundred characters, the job's own events of some thousand. */
const lineChars = 64 * 1024;

export function lineSink(onLine: (line: string) => void): Writable {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = (lines.pop() ?? '').slice(0, lineChars);
      for (const line of lines) onLine(line.replace(/\r$/, '').slice(0, lineChars));
      done();
    },
    final(done) {
      if (rest !== '') onLine(rest);
      done();
    },
  });
}
