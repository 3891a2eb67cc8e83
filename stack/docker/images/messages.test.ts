import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { messagesOf, progressOf } from './messages.ts';

const never = new AbortController().signal;
const streamOf = (...chunks: (string | Buffer)[]) => Readable.from(chunks);

it('puts lines together again, wherever they were cut', async () => {
  const bytes = Buffer.from('{"a":"é"}\r\n\n{"a":2}\n{"a":');
  const at = bytes.indexOf(0xa9);
  const stream = streamOf(bytes.subarray(0, at), bytes.subarray(at), '3}\n');
  expect(await Array.fromAsync(messagesOf(stream, never))).toEqual([{ a: 'é' }, { a: 2 }, { a: 3 }]);
});

it('fails with an error that comes as one line among others', async () => {
  const stream = streamOf(
    '{"status":"Pulling"}\n{"errorDetail":{},"error":"no space left"}\n{"status":"x"}\n',
  );
  await expect(Array.fromAsync(progressOf(stream, never))).rejects.toThrow('no space left');
  expect(stream.destroyed).toBe(true);
});

it('ends the stream when it is aborted', async () => {
  const stream = streamOf('{"status":"a"}\n', '{"status":"b"}\n');
  const leaving = new AbortController();
  const read = async () => {
    for await (const message of progressOf(stream, leaving.signal))
      if (message.status === 'a') leaving.abort();
  };
  await expect(read()).rejects.toThrow('aborted');
  expect(stream.destroyed).toBe(true);
});
