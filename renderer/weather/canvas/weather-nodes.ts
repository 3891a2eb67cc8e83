// The nodes of the weather's canvas, and what xyflow is told of them. Nothing that lives is in here.
import type { Edge, Node } from '@xyflow/react';
import { lineOf, lineTop, type Box } from '../../lab/canvas/layout.ts';
import type { WeatherPages } from '../table/use-weather-rows.ts';
import type { WeatherStore } from '../use-weather.ts';

export const nodeNames = ['api', 'structure', 'database', 'csv'] as const;
export type NodeName = (typeof nodeNames)[number];

/** What the nodes show, and what a click on one does. A type, since xyflow asks for an index of it. */
export type Shown = {
  store: WeatherStore;
  pages: WeatherPages;
  onOpen: (node: NodeName) => void;
};

export type WeatherNodeType = Node<Shown & { name: NodeName }, 'weather'>;
export type WeatherEdgeType = Edge<{ store: WeatherStore }, 'water'>;

/** Boxes for all nodes in a canvas of this width (px). */
export function layOut(width: number): Record<NodeName, Box> {
  return lineOf(nodeNames, width, lineTop);
}
