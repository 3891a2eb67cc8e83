import Encoder from 'kafkajs/src/protocol/encoder.js';
import { describe, expect, it } from 'vitest';
import './kafkajs-inside.ts';

describe('an encoder of kafkajs', () => {
  it('keeps each byte while it grows, in small steps and in leaps, and gives no other', () => {
    const values = [1, 70, 3, 5_000, 64, 0, 300_000].map((length, index) => Buffer.alloc(length, index + 1));
    const encoder = new Encoder();
    for (const value of values) encoder.writeInt32(value.length).writeVarIntBytes(value);
    const parts = values.flatMap((value) => {
      const size = Buffer.alloc(4);
      size.writeInt32BE(value.length);
      return [size, varInt(value.length), value];
    });
    expect(encoder.buffer.equals(Buffer.concat(parts))).toBe(true);
  });

  it('takes in others as they are', () => {
    const others = ['a', 'é'.repeat(40)].map((text) => new Encoder().writeVarIntBytes(text));
    const all = new Encoder().writeEncoderArray(others).buffer;
    expect(all.equals(Buffer.concat(others.map(({ buffer }) => buffer)))).toBe(true);
  });

  it('begins with no more than V8 keeps on its heap', () => {
    expect(new Encoder().buf.length).toBe(64);
  });
});

/** Zigzag, seven bits a byte, as Kafka's protocol has it. */
function varInt(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value * 2;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  return Buffer.from([...bytes, rest]);
}
