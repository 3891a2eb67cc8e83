// What xyflow is told of a node and of an edge. Nothing that lives is in here: it would render the whole canvas.
import type { Edge, Node } from '@xyflow/react';
import type { AsideName, NodeName } from './nodes.ts';
import type { EdgeName } from './layout.ts';

export type PipelineNodeType = Node<{ name: NodeName; isOpen: boolean; onOpen: () => void }, 'pipeline'>;
export type AsideNodeType = Node<{ name: AsideName; isOpen: boolean; onOpen: () => void }, 'aside'>;
export type BrookEdgeType = Edge<{ name: EdgeName }, 'brook'>;
