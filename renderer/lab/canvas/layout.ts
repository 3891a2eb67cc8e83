// Where nodes and edges of the pipeline lie, computed from the canvas' width so that nothing is ever scaled.

export const nodeNames = ['source', 'producer', 'topic', 'consumer', 'table', 'deadLetters'] as const;
export type NodeName = (typeof nodeNames)[number];

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

/** The canvas' height: it holds the line of nodes and the branch below. */
export const canvasHeight = margin * 2 + nodeHeight + branchGap + branchHeight;

/** A box for each node in a canvas of this width (px). */
export function layOut(width: number): Record<NodeName, Box> {
  const gap = Math.min(76, Math.max(36, width * 0.062));
  const nodeWidth = Math.max(96, (width - margin * 2 - gap * (line.length - 1)) / line.length);
  const column = (index: number): number => Math.round(margin + index * (nodeWidth + gap));
  const onLine = Object.fromEntries(
    line.map((name, index) => [
      name,
      { x: column(index), y: margin, width: Math.round(nodeWidth), height: nodeHeight },
    ]),
  ) as Record<(typeof line)[number], Box>;
  const { table } = onLine;
  const below = { ...table, y: margin + nodeHeight + branchGap, height: branchHeight };
  return { ...onLine, deadLetters: below };
}
