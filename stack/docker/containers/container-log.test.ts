import { expect, it } from 'vitest';
import { notedLines, unframe } from './container-log.ts';

function frame(stream: number, text: string): Buffer {
  const body = Buffer.from(text);
  const header = Buffer.alloc(8);
  header.writeUInt8(stream, 0);
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

it('puts both streams together, and characters that two frames share', () => {
  const [first, second] = [Buffer.from('é').subarray(0, 1), Buffer.from('é').subarray(1)];
  const split = (bytes: Buffer) => Buffer.concat([frame(1, ' ').subarray(0, 7), Buffer.from([1]), bytes]);
  expect(unframe(Buffer.concat([frame(1, 'a\n'), frame(2, 'b\n'), split(first), split(second)]))).toBe(
    'a\nb\né',
  );
  expect(unframe(Buffer.alloc(0))).toBe('');
});

it('takes the time off each line, and colours and a carriage return with it', () => {
  const log =
    '2026-01-31T10:20:30.123456789Z \u001b[31mred\u001b[0m line\r\n2026-01-31T10:20:31Z \nno time\n';
  expect(notedLines(log)).toEqual([
    { time: '2026-01-31T10:20:30.123456789Z', text: 'red line' },
    { time: '2026-01-31T10:20:31Z', text: '' },
  ]);
});
