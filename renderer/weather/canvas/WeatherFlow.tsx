// API → structure → SQLite → CSV, by xyflow: nodes with live numbers, and water that moves while rows come.
import '@xyflow/react/dist/base.css';
import { EdgeLabelRenderer, getStraightPath, ReactFlow, type EdgeProps, type NodeProps } from '@xyflow/react';
import { Braces, Database, FileSpreadsheet, Globe, type LucideIcon } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { weatherColumns } from '../../../words/weather-facts.ts';
import edgeClasses from '../../lab/canvas/BrookEdge.module.css';
import { Drops } from '../../lab/canvas/Drops.tsx';
import type { Box } from '../../lab/canvas/layout.ts';
import { NodeBox } from '../../lab/canvas/NodeBox.tsx';
import { placed, stillFlow } from '../../lab/canvas/still-flow.ts';
import type { Tone } from '../../lab/canvas/use-node-word.ts';
import { whole } from '../../words/format.ts';
import { usePages } from '../table/use-weather-rows.ts';
import type { WeatherState } from '../use-weather.ts';
import {
  nodeNames,
  type NodeName,
  type Shown,
  type WeatherEdgeType,
  type WeatherNodeType,
} from './weather-nodes.ts';

const icons: Record<NodeName, LucideIcon> = {
  api: Globe,
  structure: Braces,
  database: Database,
  csv: FileSpreadsheet,
};

/** Slow water: a row for each place every quarter of an hour. */
const pace = ({ isFlowing, frame }: WeatherState): number =>
  isFlowing || frame?.state.status === 'working' ? 3 : 0;

function toneOf({ frame }: WeatherState, what: 'source' | 'database'): Tone {
  const state = frame?.state;
  if (state?.status === 'waiting' && state.for === what) return 'attention';
  const isOfDatabase = frame?.fault !== undefined && /^(?:DATABASE|DISK|FILE)_/.test(frame.fault.code);
  return frame?.fault && isOfDatabase === (what === 'database') ? 'bad' : 'calm';
}

function WeatherNode({ data: { name, store, pages, onOpen } }: NodeProps<WeatherNodeType>) {
  const { t } = useTranslation();
  const origin = useStore(store, ({ frame }) => frame?.origin);
  const places = useStore(store, ({ frame }) => frame?.places.length ?? 0);
  const sourceTone = useStore(store, (state) => toneOf(state, 'source'));
  const databaseTone = useStore(store, (state) => toneOf(state, 'database'));
  const total = usePages(pages, (now) => now.total);
  const faces: Record<NodeName, { number: string; word: string; tone: Tone }> = {
    api: {
      number:
        places === 0
          ? '–'
          : `${whole(places)} ${t(`screens.weather.nodeWords.${places === 1 ? 'place' : 'places'}`)}`,
      word: origin ? t(`screens.weather.origins.${origin}`) : t('screens.weather.nodeWords.idle'),
      tone: sourceTone,
    },
    structure: {
      number: whole(weatherColumns.length),
      word: t('screens.weather.nodeWords.columns'),
      tone: 'calm',
    },
    database: {
      number: total === undefined ? '–' : whole(total),
      word: t('screens.weather.nodeWords.rows'),
      tone: databaseTone,
    },
    csv: {
      number: total === undefined ? '–' : whole(total),
      word: t('screens.rows.exportCsv'),
      tone: 'calm',
    },
  };
  const { number, word, tone } = faces[name];
  return (
    <NodeBox
      name={name}
      title={t(`screens.weather.nodes.${name}`)}
      icon={icons[name]}
      word={word}
      tone={tone}
      onOpen={() => onOpen(name)}
      number={(className) => <span className={className}>{number}</span>}
    />
  );
}

function WaterEdge(props: EdgeProps<WeatherEdgeType>) {
  const [path] = getStraightPath(props);
  return (
    <>
      <path d={path} className={edgeClasses.bed} />
      <EdgeLabelRenderer>
        {props.data && <Drops path={path} store={props.data.store} of={pace} />}
      </EdgeLabelRenderer>
    </>
  );
}

const nodeTypes = { weather: WeatherNode };
const edgeTypes = { water: WaterEdge };

export default function WeatherFlow({ layout, shown }: { layout: Record<NodeName, Box>; shown: Shown }) {
  const { t } = useTranslation();
  const nodes = useMemo(
    () =>
      nodeNames.map((name): WeatherNodeType => ({
        ...placed(layout[name]),
        id: name,
        type: 'weather',
        data: { ...shown, name },
        ariaLabel: t(`screens.weather.nodes.${name}`),
      })),
    [layout, shown, t],
  );
  const edges = useMemo(
    () =>
      nodeNames.slice(1).map((target, index): WeatherEdgeType => {
        const source = nodeNames[index] ?? 'api';
        return {
          id: target,
          type: 'water',
          source,
          target,
          sourceHandle: 'right',
          targetHandle: 'left',
          data: { store: shown.store },
          focusable: false,
          selectable: false,
          ariaLabel: `${t(`screens.weather.nodes.${source}`)} → ${t(`screens.weather.nodes.${target}`)}`,
        };
      }),
    [shown.store, t],
  );
  return <ReactFlow nodes={nodes} edges={edges} nodeTypes={nodeTypes} edgeTypes={edgeTypes} {...stillFlow} />;
}
