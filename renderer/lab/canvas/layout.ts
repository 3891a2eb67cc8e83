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

/** Boxes for all nodes, and for the asides there are, in a canvas of this width (px). */
export function layOut(width: number, shown: readonly AsideName[]): Layout {
  const above = shown.some((name) => asides[name].side === 'above') ? asideHeight + asideGap : 0;
  const top = margin + above;
  const bottom = top + nodeHeight + branchGap;
  const gap = Math.min(76, Math.max(36, width * 0.062));
  const nodeWidth = Math.max(96, (width - margin * 2 - gap * (line.length - 1)) / line.length);
  const column = (index: number): number => Math.round(margin + index * (nodeWidth + gap));
  const onLine = Object.fromEntries(
    line.map((name, index) => [
      name,
      { x: column(index), y: top, width: Math.round(nodeWidth), height: nodeHeight },
    ]),
  ) as Record<(typeof line)[number], Box>;
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
