// What stands in the editor at first: the letter's own text, laid out where it is JSON, or an empty record.
import { userColumns } from '../../words/users.ts';
import type { DeadLetterView } from '../../words/messages.ts';
import { decode } from './decoded.ts';

/** The letter's value to be mended; empty where it has none or is no text. */
export function draftOf({ value }: DeadLetterView): string {
  const decoded = decode(value);
  if (decoded.kind === 'json') {
    const laidOut = JSON.stringify(decoded.json, null, 2);
    // Numbers beyond what JSON.parse keeps, fields that stand there twice: laid out, they would be changed in silence.
    return JSON.stringify(decoded.json) === withoutSpace(decoded.text) ? laidOut : decoded.text;
  }
  return decoded.kind === 'text' ? decoded.text : '';
}

/** JSON without the space between its parts. */
function withoutSpace(text: string): string {
  return text.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, (_all, string: string | undefined) => string ?? '');
}

/** A record of the letter's key, every other field to be filled in. */
export function templateOf({ key }: DeadLetterView): string {
  const id =
    key?.encoding === 'text' && key.content !== '' ? key.content : crypto.randomUUID().replaceAll('-', '');
  const record = Object.fromEntries(userColumns.map((column) => [column, column === 'id' ? id : '']));
  return JSON.stringify(record, null, 2);
}
