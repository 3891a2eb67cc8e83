// Lines cut out of chunks, wherever those end.
import { finished } from 'node:stream/promises';
import { expect, it } from 'vitest';
import { lineSink } from './line-sink.ts';

async function linesOf(...chunks: Buffer[]): Promise<string[]> {
  const lines: string[] = [];
  const sink = lineSink((line) => lines.push(line));
  for (const chunk of chunks) sink.write(chunk);
  sink.end();
  await finished(sink);
  return lines;
}

it('gives whole lines, though a chunk ends within a letter, and the last one without its end', async () => {
  const bytes = Buffer.from('olá\r\nmundo\nfim');
  const cut = bytes.indexOf(0xc3) + 1;
  expect(await linesOf(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual(['olá', 'mundo', 'fim']);
});

it('cuts a line that does not end, and keeps no more of it', async () => {
  const chunk = Buffer.alloc(50 * 1024, 'x');
  const [line = ''] = await linesOf(chunk, chunk, chunk, Buffer.from('\nnext\n'));
  expect(line).toHaveLength(64 * 1024);
});
