// What the canvases have in common: nothing in them is moved, zoomed or selected, and no node leaves its place.
import type { Box } from './layout.ts';

/** For `ReactFlow`. */
export const stillFlow = {
  viewport: { x: 0, y: 0, zoom: 1 },
  panOnDrag: false,
  panOnScroll: false,
  zoomOnScroll: false,
  zoomOnPinch: false,
  zoomOnDoubleClick: false,
  preventScrolling: false,
  nodesDraggable: false,
  nodesConnectable: false,
  nodesFocusable: false,
  edgesFocusable: false,
  elementsSelectable: false,
  disableKeyboardA11y: true,
  proOptions: { hideAttribution: true },
} as const;

/** For a node. */
export function placed({ x, y, width, height }: Box) {
  return {
    position: { x, y },
    width,
    height,
    focusable: false,
    draggable: false,
    selectable: false,
    ariaRole: 'group' as const,
    // A node that can neither be dragged nor selected gets no clicks from xyflow.
    style: { pointerEvents: 'all' as const },
  };
}
