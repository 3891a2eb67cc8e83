// Nodes with live numbers, and edges on which drops move at the pace of the data, by xyflow, which is heavy.
// Nodes and edges change with the layout only; what lives, lives in leaves that subscribe by themselves.
import '@xyflow/react/dist/base.css';
import { ReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { AsideNode } from './AsideNode.tsx';
import { nodeNames, type Inspected } from './nodes.ts';
import { BrookEdge } from './BrookEdge.tsx';
import { edgeNames, edges, type Layout } from './layout.ts';
import type { AsideNodeType, BrookEdgeType, PipelineNodeType } from './flow-types.ts';
import { PipelineNode } from './PipelineNode.tsx';
import { placed, stillFlow } from './still-flow.ts';

const nodeTypes = { pipeline: PipelineNode, aside: AsideNode };
const edgeTypes = { brook: BrookEdge };

interface Props {
  layout: Layout;
  inspected: Inspected | undefined;
  onInspect: (node: Inspected | undefined) => void;
}

export default function Flow({ layout, inspected, onInspect }: Props) {
  const { t } = useTranslation();
  const nodes = useMemo((): (PipelineNodeType | AsideNodeType)[] => {
    const dataOf = <N extends Inspected>(name: N) => {
      const isOpen = name === inspected;
      return { name, isOpen, onOpen: () => onInspect(isOpen ? undefined : name) };
    };
    return [
      ...nodeNames.map((name): PipelineNodeType => ({
        ...placed(layout.nodes[name]),
        id: name,
        type: 'pipeline',
        data: dataOf(name),
        // The canvas has room for a short name only.
        ariaLabel: t(name === 'deadLetters' ? 'screens.lab.deadLetters' : `screens.lab.nodes.${name}`),
      })),
      ...layout.asides.map((box): AsideNodeType => ({
        ...placed(box),
        id: box.name,
        type: 'aside',
        data: dataOf(box.name),
        ariaLabel: t(`screens.lab.nodes.${box.name}`),
      })),
    ];
  }, [layout, inspected, onInspect, t]);
  const flowEdges = useMemo(
    (): BrookEdgeType[] =>
      edgeNames.map((name) => ({
        id: name,
        type: 'brook',
        source: edges[name].from,
        target: edges[name].to,
        sourceHandle: edges[name].branches ? 'below' : 'right',
        targetHandle: 'left',
        data: { name },
        focusable: false,
        selectable: false,
        ariaLabel: `${t(`screens.lab.nodes.${edges[name].from}`)} → ${t(`screens.lab.nodes.${edges[name].to}`)}`,
      })),
    [t],
  );
  return (
    <ReactFlow nodes={nodes} edges={flowEdges} nodeTypes={nodeTypes} edgeTypes={edgeTypes} {...stillFlow} />
  );
}
