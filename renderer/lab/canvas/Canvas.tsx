// The pipeline as a picture: nodes with live numbers, edges on which drops move at the pace of the data.
// Nodes and edges change with the width only; what lives, lives in leaves that subscribe by themselves.
import '@xyflow/react/dist/base.css';
import { ReactFlow } from '@xyflow/react';
import { useElementSize } from '@mantine/hooks';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { BrookEdge } from './BrookEdge.tsx';
import classes from './Canvas.module.css';
import { canvasHeight, edgeNames, edges, layOut, nodeNames, type NodeName } from './layout.ts';
import type { BrookEdgeType, PipelineNodeType } from './flow-types.ts';
import { NextStep } from './NextStep.tsx';
import { PipelineNode } from './PipelineNode.tsx';

const nodeTypes = { pipeline: PipelineNode };
const edgeTypes = { brook: BrookEdge };
const viewport = { x: 0, y: 0, zoom: 1 };

interface Props {
  inspected: NodeName | undefined;
  onInspect: (node: NodeName | undefined) => void;
}

export function Canvas({ inspected, onInspect }: Props) {
  const { t } = useTranslation();
  const { ref, width } = useElementSize();
  const boxes = useMemo(() => layOut(width), [width]);
  const nodes = useMemo(
    (): PipelineNodeType[] =>
      nodeNames.map((name) => {
        const { x, y, width: nodeWidth, height } = boxes[name];
        const isOpen = name === inspected;
        return {
          id: name,
          type: 'pipeline',
          position: { x, y },
          width: nodeWidth,
          height,
          data: { name, isOpen, onOpen: () => onInspect(isOpen ? undefined : name) },
          focusable: false,
          draggable: false,
          selectable: false,
          ariaRole: 'group',
          // A node that can neither be dragged nor selected gets no clicks from xyflow.
          style: { pointerEvents: 'all' },
          // The canvas has room for a short name only.
          ariaLabel: t(name === 'deadLetters' ? 'screens.lab.deadLetters' : `screens.lab.nodes.${name}`),
        };
      }),
    [boxes, inspected, onInspect, t],
  );
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
    <section
      ref={ref}
      className={classes.canvas}
      style={{ height: canvasHeight }}
      aria-label={t('screens.lab.canvas')}
    >
      {width > 0 && (
        <ReactFlow
          nodes={nodes}
          edges={flowEdges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          viewport={viewport}
          panOnDrag={false}
          panOnScroll={false}
          zoomOnScroll={false}
          zoomOnPinch={false}
          zoomOnDoubleClick={false}
          preventScrolling={false}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          proOptions={{ hideAttribution: true }}
        />
      )}
      <NextStep />
    </section>
  );
}
