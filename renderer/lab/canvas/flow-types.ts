// What xyflow is told of a node and of an edge. Nothing that lives is in here: it would render the whole canvas.
import type { Edge, Node } from '@xyflow/react';
import type { EdgeName, NodeName } from './layout.ts';

export type PipelineNodeType = Node<{ name: NodeName; isOpen: boolean; onOpen: () => void }, 'pipeline'>;
export type BrookEdgeType = Edge<{ name: EdgeName }, 'brook'>;
