// A JSON value as the nodes of a tree: bounded, so that a value of a megabyte makes no page of a megabyte.

export interface JsonNode {
  /** Its path from the root; what a tree knows it by. */
  value: string;
  /** Field or index; undefined at the root. */
  name: string | undefined;
  content: JsonContent;
  children?: JsonNode[];
}

export type JsonContent =
  | { kind: 'object' | 'list'; size: number }
  | { kind: 'string'; text: string; isCut: boolean }
  | { kind: 'number' | 'boolean' | 'null'; text: string }
  /** Stands for entries that are not shown. */
  | { kind: 'more'; count: number };

/** Entries of one object or list that are shown. */
const entriesMax = 200;
/** Levels that are shown; nobody opens more by hand. */
const depthMax = 40;
/** Characters of one text that are shown. */
const textMax = 2_000;

interface Place {
  path: string;
  name?: string;
  depth?: number;
}

/** The node of `json` with all below it. */
export function toNode(json: unknown, { path, name, depth = 0 }: Place = { path: '$' }): JsonNode {
  const self = { value: path, name };
  if (typeof json === 'string') {
    const isCut = json.length > textMax;
    return { ...self, content: { kind: 'string', text: isCut ? json.slice(0, textMax) : json, isCut } };
  }
  if (typeof json !== 'object' || json === null) {
    const kind = typeof json === 'number' ? 'number' : typeof json === 'boolean' ? 'boolean' : 'null';
    return { ...self, content: { kind, text: String(json) } };
  }
  const entries = Object.entries(json);
  const shown = depth < depthMax ? entries.slice(0, entriesMax) : [];
  const children = shown.map(([key, value]) =>
    toNode(value, { path: `${path}/${key}`, name: key, depth: depth + 1 }),
  );
  const missing = entries.length - shown.length;
  if (missing > 0)
    children.push({ value: `${path}/…`, name: undefined, content: { kind: 'more', count: missing } });
  return {
    ...self,
    content: { kind: Array.isArray(json) ? 'list' : 'object', size: entries.length },
    ...(children.length > 0 && { children }),
  };
}
