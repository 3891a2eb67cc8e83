// What a message's bytes are: nothing, JSON, text, or bytes that are no text. Decodes; shows nothing.
import { trace, traceHeader, type Trace } from '../../words/runs.ts';
import { letterHeaders } from '../../words/dead-letters.ts';
import type { MessagePlace } from '../../words/browse.ts';
import type { BytesView, MessageView } from '../../words/messages.ts';

export type Decoded =
  | { kind: 'null' }
  | { kind: 'json'; text: string; json: unknown }
  /** `why` in the parser's own words. */
  | { kind: 'text'; text: string; why: string }
  | { kind: 'bytes' };

export function decode(value: BytesView | null): Decoded {
  if (value === null) return { kind: 'null' };
  if (value.encoding === 'base64') return { kind: 'bytes' };
  const text = value.content;
  try {
    return { kind: 'json', text, json: JSON.parse(text) };
  } catch (error) {
    return { kind: 'text', text, why: error instanceof Error ? error.message : '' };
  }
}

/** The bytes that came, however they were carried. */
export function bytesOf({ encoding, content, schemaId }: BytesView): Uint8Array {
  if (encoding === 'base64') return Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  const text = new TextEncoder().encode(content);
  if (schemaId === undefined) return text;
  const bytes = new Uint8Array(prefixBytes + text.length);
  new DataView(bytes.buffer).setUint32(1, schemaId);
  bytes.set(text, prefixBytes);
  return bytes;
}

/** What a Schema Registry's serializer puts before the payload: a zero, and the schema's id. */
const prefixBytes = 5;

/** The id that a registry's serializer may have put before bytes that are no JSON; only the registry can tell. */
export function possibleSchemaId(bytes: Uint8Array): number | undefined {
  if (bytes[0] !== 0 || bytes.length <= prefixBytes) return undefined;
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(1);
}

/** Where bytes stop being UTF-8; undefined where they are UTF-8 to the end. */
export function firstBadByte(bytes: Uint8Array): number | undefined {
  const isWell = (end: number, stream: boolean): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream });
      return true;
    } catch {
      return false;
    }
  };
  if (isWell(bytes.length, false)) return undefined;
  let [well, bad] = [0, bytes.length + 1];
  while (bad - well > 1) {
    const middle = Math.floor((well + bad) / 2);
    if (isWell(middle, true)) well = middle;
    else bad = middle;
  }
  // Back over the beginning of a character that never came to its end.
  while (!isWell(well, false)) well -= 1;
  return well;
}

export interface HexLine {
  /** Position of the first byte, in hex digits. */
  at: string;
  hex: string;
  /** A dot stands for what is no printable ASCII. */
  text: string;
}

/** So many go beside their text into the panel's width. */
const lineBytes = 8;

/** Eight bytes a line. */
export function hexLines(bytes: Uint8Array): HexLine[] {
  const lines: HexLine[] = [];
  for (let start = 0; start < bytes.length; start += lineBytes) {
    const part = [...bytes.subarray(start, start + lineBytes)];
    lines.push({
      at: start.toString(16).padStart(6, '0'),
      hex: part.map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
      text: part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join(''),
    });
  }
  return lines;
}

function headerOf(headers: MessageView['headers'], wanted: string): string | undefined {
  return headers.find(({ name, encoding }) => name === wanted && encoding === 'text')?.value;
}

/** What a producer of ours said about the record. */
export function traceOf({ headers }: MessageView): Trace | undefined {
  const decoded = decode({ encoding: 'text', content: headerOf(headers, traceHeader) ?? '', size: 0 });
  return decoded.kind === 'json' ? trace.safeParse(decoded.json).data : undefined;
}

/** Where the record's message lies in the lab's topic: of a dead letter, that of its source. */
export function recordPlace(message: MessageView): MessagePlace {
  const { headers, partition, offset } = message;
  const [sourcePartition, sourceOffset] = [letterHeaders.partition, letterHeaders.offset].map((name) =>
    Number(headerOf(headers, name) ?? Number.NaN),
  );
  if (!Number.isSafeInteger(sourcePartition) || !Number.isSafeInteger(sourceOffset))
    return { partition, offset };
  return { partition: sourcePartition ?? partition, offset: sourceOffset ?? offset };
}
