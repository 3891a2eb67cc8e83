// Whether a message holds a text, letter case aside. Runs for every message of a live topic, so it parses only
// where a field of the record is asked for.
import type { BrowseFilter } from '../../words/browse.ts';
import type { HeaderValue, Message } from '../kafka/broker.ts';
import { framedJson } from '../registry/wire-format.ts';

/** The test for `filter`; an empty text takes every message. Bytes that are not UTF-8 are compared as far as they are. */
export function createFilter({ text, field }: BrowseFilter): (message: Message) => boolean {
  const wanted = text.toLowerCase();
  const has = (part: Buffer | string | null | undefined): boolean =>
    part?.toString().toLowerCase().includes(wanted) ?? false;
  const hasHeader = ([name, value]: [string, HeaderValue]): boolean =>
    has(name) || [value].flat().some((one) => has(one));
  const inHeaders = ({ headers }: Message): boolean => Object.entries(headers).some(hasHeader);
  if (wanted === '') return () => true;
  if (field === undefined) return (message) => has(message.value) || has(message.key) || inHeaders(message);
  if (field === 'key') return ({ key }) => has(key);
  if (field === 'header') return inHeaders;
  return ({ value }) => has(fieldOf(value, field));
}

/** A field of a JSON object as text; undefined where there is none. */
function fieldOf(value: Buffer | null, field: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse((framedJson(value)?.json ?? value)?.toString() ?? '');
    if (typeof parsed !== 'object' || parsed === null) return undefined;
    const found: unknown = Object.entries(parsed).find(([name]) => name === field)?.[1];
    return typeof found === 'string' ? found : JSON.stringify(found);
  } catch {
    return undefined;
  }
}
