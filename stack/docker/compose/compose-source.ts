// The text of a compose file as plain values, and the line on which each of them stands. Knows no key of compose.
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, Node, Scalar } from 'yaml';
import { RiachoError } from '../../../words/errors.ts';
import { messageOf } from '../engine/error-parts.ts';

/** Keys and indexes from the top of the file to a value. */
export type Place = readonly PropertyKey[];

export interface ComposeSource {
  /** Anchors and merges are resolved; variables are not. */
  value: unknown;
  /** Faults at a place, with its line behind the path: `…/docker-compose.yml:12`. */
  unreadable(place: Place, detail: string): RiachoError;
  unknownKey(place: Place): RiachoError;
}

interface Step {
  node: Node | undefined;
  offset: number;
}

const asNode = (value: unknown): Node | undefined =>
  isAlias(value) || isMap(value) || isSeq(value) || isScalar(value) ? value : undefined;

/** Numbers that YAML's many readers agree on, and print as they stand; `0123`, `1e6` and `1_000` are not of them. */
const plainNumber = /^-?(?:0|[1-9]\d{0,14}|(?:0|[1-9]\d{0,5})\.\d{1,4})$/;

const isOddNumber = ({ type, value, source = '' }: Scalar) =>
  type === 'PLAIN' &&
  (typeof value === 'number' || /^[-+]?\d[\d_]*$/.test(source)) &&
  !plainNumber.test(source);

/** The first number that docker compose would take for another one, or write in another way. */
function oddNumberIn(document: Document): Scalar | undefined {
  const odd: Scalar[] = [];
  visit(document, {
    Scalar: (_key, node) => {
      if (isOddNumber(node)) odd.push(node);
    },
  });
  return odd[0];
}

/** One key deeper, through aliases and merges; undefined where there is no such key. */
function stepInto(document: Document, start: Node | undefined, key: PropertyKey): Step | undefined {
  const node = isAlias(start) ? start.resolve(document) : start;
  if (isSeq(node)) {
    const item = asNode(node.items[Number(key)]);
    return item && { node: item, offset: item.range?.[0] ?? 0 };
  }
  if (!isMap(node)) return undefined;
  const keyed = (isIt: (name: unknown) => boolean) =>
    node.items.find((pair) => isScalar(pair.key) && isIt(pair.key.value));
  const pair = keyed((name) => String(name) === String(key));
  if (pair && isScalar(pair.key)) return { node: asNode(pair.value), offset: pair.key.range?.[0] ?? 0 };
  // The library's name of a merge key is a symbol.
  const merged = asNode(keyed((name) => typeof name === 'symbol')?.value);
  const parts = isSeq(merged) ? merged.items.map(asNode) : [merged];
  for (const part of parts) {
    const found = part && stepInto(document, part, key);
    if (found) return found;
  }
  return undefined;
}

/** Where `place` stands; where it is not written down, what encloses it. */
function offsetOf(document: Document, place: Place): number {
  let step: Step = { node: asNode(document.contents), offset: 0 };
  for (const key of place) {
    const next = stepInto(document, step.node, key);
    if (next === undefined) break;
    step = next;
  }
  return step.offset;
}

/** `path` is for the faults. Throws `COMPOSE_UNREADABLE` where `text` is no YAML. */
export function parseSource(path: string, text: string): ComposeSource {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { merge: true, prettyErrors: false, lineCounter });
  const at = (offset: number) => `${path}:${lineCounter.linePos(offset).line}`;
  const unreadable = (offset: number, detail: string) =>
    new RiachoError('COMPOSE_UNREADABLE', { path: at(offset), detail });
  const flaw = document.errors[0] ?? document.warnings[0];
  if (flaw) throw unreadable(flaw.pos[0], flaw.message);
  const odd = oddNumberIn(document);
  if (odd) throw unreadable(odd.range?.[0] ?? 0, `${odd.source}? ("${odd.source}")`);
  try {
    return {
      value: document.toJS(),
      unreadable: (place, detail) =>
        unreadable(offsetOf(document, place), [place.join('.'), detail].filter(Boolean).join(': ')),
      unknownKey: (place) =>
        new RiachoError('COMPOSE_UNKNOWN_KEY', {
          path: at(offsetOf(document, place)),
          key: place.join('.'),
        }),
    };
  } catch (error) {
    throw unreadable(0, messageOf(error));
  }
}
