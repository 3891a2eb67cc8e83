// JSON values as bounded trees.
import { describe, expect, it } from 'vitest';
import { toNode, type JsonNode } from './json-nodes.ts';

function count(node: JsonNode): number {
  return 1 + (node.children ?? []).reduce((sum, child) => sum + count(child), 0);
}

describe('the tree of a JSON value', () => {
  it('has a node for each field and item, with its kind', () => {
    const node = toNode({ id: 'x', tags: [1, true], none: null });
    expect(node).toEqual({
      value: '$',
      name: undefined,
      content: { kind: 'object', size: 3 },
      children: [
        { value: '$/id', name: 'id', content: { kind: 'string', text: 'x', isCut: false } },
        {
          value: '$/tags',
          name: 'tags',
          content: { kind: 'list', size: 2 },
          children: [
            { value: '$/tags/0', name: '0', content: { kind: 'number', text: '1' } },
            { value: '$/tags/1', name: '1', content: { kind: 'boolean', text: 'true' } },
          ],
        },
        { value: '$/none', name: 'none', content: { kind: 'null', text: 'null' } },
      ],
    });
  });

  it('says how many entries of a long list it leaves out', () => {
    const node = toNode(Array.from({ length: 100_000 }, (_, index) => index));
    expect(count(node)).toBe(202);
    expect(node.children?.at(-1)?.content).toEqual({ kind: 'more', count: 99_800 });
  });

  it('cuts a text of a megabyte and says so', () => {
    const { content } = toNode('x'.repeat(1_048_576));
    expect(content).toEqual({ kind: 'string', text: 'x'.repeat(2_000), isCut: true });
  });

  it('ends where a value is nested ten thousand levels deep', () => {
    const node = toNode(JSON.parse('['.repeat(10_000) + ']'.repeat(10_000)));
    expect(count(node)).toBeLessThan(50);
  });

  it('of an empty object has no children', () => {
    expect(toNode({})).toEqual({ value: '$', name: undefined, content: { kind: 'object', size: 0 } });
  });
});
