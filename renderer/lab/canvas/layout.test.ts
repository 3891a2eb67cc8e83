import { describe, expect, it } from 'vitest';
import { asideNames, asides, asidesIn, nodeNames } from './nodes.ts';
import { layOut, type Box } from './layout.ts';

const widths = [720, 832, 1_152, 1_888];
const areApart = (one: Box, other: Box): boolean =>
  one.x + one.width < other.x ||
  other.x + other.width < one.x ||
  one.y + one.height < other.y ||
  other.y + other.height < one.y;

describe('the layout of the pipeline', () => {
  it.each(widths)('has all nodes side by side and inside the canvas, %i px wide', (width) => {
    for (const shown of [[], asideNames]) {
      const layout = layOut(width, shown);
      const boxes: Box[] = [...Object.values(layout.nodes), ...layout.asides];
      expect(boxes).toHaveLength(nodeNames.length + shown.length);
      for (const [index, box] of boxes.entries()) {
        expect(box.x).toBeGreaterThan(0);
        expect(box.y).toBeGreaterThan(0);
        expect(box.x + box.width).toBeLessThan(width);
        expect(box.y + box.height).toBeLessThan(layout.height);
        expect(boxes.slice(index + 1).filter((other) => !areApart(box, other))).toEqual([]);
      }
    }
  });

  it('has each aside over or under the node that it belongs to', () => {
    const layout = layOut(1_152, asideNames);
    for (const { name, x, y } of layout.asides) {
      const node = layout.nodes[asides[name].by];
      expect(x).toBe(node.x);
      expect(y < node.y ? 'above' : 'below').toBe(asides[name].side);
    }
  });

  it('moves nothing sideways for them, and takes no height where there are none above', () => {
    const plain = layOut(1_152, []);
    const full = layOut(1_152, asideNames);
    expect(Object.values(full.nodes).map(({ x }) => x)).toEqual(Object.values(plain.nodes).map(({ x }) => x));
    expect(layOut(1_152, ['controlCenter']).height).toBe(plain.height);
    expect(layOut(1_152, ['spark'])).toMatchObject({ height: full.height, nodes: full.nodes });
  });
});

describe('the asides of a stack', () => {
  it('are those that have a service in it', () => {
    const of = (...names: ('kafka' | 'spark-master' | 'postgres')[]) =>
      asidesIn(names.map((name) => ({ name, state: 'healthy', address: '', container: name })));
    expect(of('kafka')).toEqual([]);
    expect(of('kafka', 'spark-master', 'postgres')).toEqual(['airflow', 'spark']);
    expect(asidesIn([{ name: 'spark-master', state: 'stopped', address: '' }])).toEqual([]);
  });
});
