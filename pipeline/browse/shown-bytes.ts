// Bytes made presentable: whole for who opens a message, cut to a glance for a list. Nothing is hidden.
import { isUtf8 } from 'node:buffer';
import type { BytesView, MessageView } from '../../words/messages.ts';
import type { MessageRow } from '../../words/browse.ts';
import type { Message } from '../kafka/broker.ts';
import { framedJson } from '../registry/wire-format.ts';

/** Of a large value in a list of whole messages a screen gets this much; its size is always said. */
const listBytes = 64 * 1024;
/** Of one message that is opened: more than Kafka takes by default. */
export const openedBytes = 1024 * 1024;

const keyChars = 64;
const previewChars = 200;

/** As text where it is UTF-8, else in base64; `most` bytes of it. */
export function viewBytes(bytes: Buffer | null, most = listBytes): BytesView | null {
  if (bytes === null) return null;
  const size = bytes.length;
  const framed = framedJson(bytes);
  const json = framed && textOf(framed.json, most);
  if (framed && json !== undefined)
    return { encoding: 'text', content: json, size, schemaId: framed.schemaId };
  const content = textOf(bytes, most);
  if (content !== undefined) return { encoding: 'text', content, size };
  return { encoding: 'base64', content: bytes.toString('base64', 0, most), size };
}

/** `most` bytes as text; undefined where they are no UTF-8. */
function textOf(bytes: Buffer, most: number): string | undefined {
  try {
    // A cut may fall into a character: `stream` lets the rest of it go.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, most), {
      stream: most < bytes.length,
    });
  } catch {
    return undefined;
  }
}

function viewHeader(name: string, value: Buffer | string | undefined): MessageView['headers'][number] {
  if (!Buffer.isBuffer(value)) return { name, value: value ?? '', encoding: 'text' };
  return isUtf8(value)
    ? { name, value: value.toString(), encoding: 'text' }
    : { name, value: value.toString('base64'), encoding: 'base64' };
}

/** A message as a screen shows it, with `most` bytes of its value. */
export function toView(message: Message, most = listBytes): MessageView {
  const { partition, offset, timestamp } = message;
  return {
    partition,
    offset,
    timestamp,
    key: viewBytes(message.key, most),
    value: viewBytes(message.value, most),
    headers: Object.entries(message.headers).flatMap(([name, value]) =>
      [value].flat().map((one) => viewHeader(name, one)),
    ),
  };
}

/** The beginning of bytes: as text, without half a character at its end, or as hex digits. */
function glance(bytes: Buffer | null, chars: number, isText: boolean): string | null {
  if (bytes === null) return null;
  if (!isText) return bytes.toString('hex', 0, chars / 2);
  // A character takes four bytes at most; one that the cut of bytes broke lies behind the cut of characters.
  const text = bytes.toString('utf8', 0, chars * 4).slice(0, chars);
  return text.isWellFormed() ? text : text.slice(0, -1);
}

/** A message as a list shows it. Holds none of the message's own memory. */
export function toRow(message: Message, seq: number): MessageRow {
  const { partition, offset, timestamp, key, value } = message;
  const framed = framedJson(value);
  const isFramed = framed !== undefined && isUtf8(framed.json);
  const isText = isFramed || value === null || isUtf8(value);
  return {
    seq,
    partition,
    offset,
    timestamp,
    key: glance(key, keyChars, key !== null && isUtf8(key)),
    preview: glance(isFramed ? framed.json : value, previewChars, isText),
    isText,
    ...(isFramed && { schemaId: framed.schemaId }),
    size: value?.length ?? 0,
  };
}
