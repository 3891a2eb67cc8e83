// Where nodes and edges of the pipeline lie, computed from the canvas' width so that nothing is ever scaled.
import { asides, type AsideName, type NodeName } from './nodes.ts';

export const edgeNames = ['fetched', 'produced', 'read', 'written', 'refused'] as const;
export type EdgeName = (typeof edgeNames)[number];

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Edge {
  from: NodeName;
  to: NodeName;
  /** Dead letters branch off downwards; everything else flows to the right. */
  branches: boolean;
}

export const edges: Record<EdgeName, Edge> = {
  fetched: { from: 'source', to: 'producer', branches: false },
  produced: { from: 'producer', to: 'topic', branches: false },
  read: { from: 'topic', to: 'consumer', branches: false },
  written: { from: 'consumer', to: 'table', branches: false },
  refused: { from: 'consumer', to: 'deadLetters', branches: true },
};

const line = ['source', 'producer', 'topic', 'consumer', 'table'] as const;
const margin = 16;
const nodeHeight = 92;
const branchHeight = 64;
const branchGap = 28;
const asideHeight = 44;
const asideGap = 16;

export interface Layout {
  /** It holds the line of nodes, the branch below, and what stands above. */
  height: number;
  nodes: Record<NodeName, Box>;
  asides: (Box & { name: AsideName })[];
}

/** Boxes of equal nodes on one line over the whole width (px). */
export function lineOf<N extends string>(names: readonly N[], width: number, top: number): Record<N, Box> {
  const gap = Math.min(76, Math.max(36, width * 0.062));
  const nodeWidth = Math.max(96, (width - margin * 2 - gap * (names.length - 1)) / names.length);
  const boxes = names.map((name, index): [N, Box] => [
    name,
    {
      x: Math.round(margin + index * (nodeWidth + gap)),
      y: top,
      width: Math.round(nodeWidth),
      height: nodeHeight,
    },
  ]);
  return Object.fromEntries(boxes) as Record<N, Box>;
}

/** The height of a canvas that holds one line and nothing else, and where that line is. */
export const lineTop = margin;
export const lineHeight = nodeHeight + 2 * margin;

/** Boxes for all nodes, and for the asides there are, in a canvas of this width (px). */
export function layOut(width: number, shown: readonly AsideName[]): Layout {
  const above = shown.some((name) => asides[name].side === 'above') ? asideHeight + asideGap : 0;
  const top = margin + above;
  const bottom = top + nodeHeight + branchGap;
  const onLine = lineOf(line, width, top);
  const { table } = onLine;
  const nodes = { ...onLine, deadLetters: { ...table, y: bottom, height: branchHeight } };
  return {
    height: bottom + branchHeight + margin,
    nodes,
    asides: shown.map((name) => {
      const { by, side } = asides[name];
      return { ...nodes[by], name, y: side === 'above' ? margin : bottom, height: asideHeight };
    }),
  };
}
