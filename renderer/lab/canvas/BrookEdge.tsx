// An edge: a bed of water, drops that move in it at the pace of its rate, and the rate in writing.
import { EdgeLabelRenderer, getBezierPath, getStraightPath, type EdgeProps } from '@xyflow/react';
import type { RunsFrame } from '../../../contract/contract.ts';
import { useModel } from '../../model/model.ts';
import { Num } from '../../parts/Num.tsx';
import { perSecond } from '../../words/format.ts';
import classes from './BrookEdge.module.css';
import type { BrookEdgeType } from './flow-types.ts';
import { Drops } from './Drops.tsx';
import type { EdgeName } from './layout.ts';

/** Undefined at rest: a zero on each edge would be noise. */
const rateOf: Record<EdgeName, (frame: RunsFrame) => number | undefined> = {
  fetched: ({ rates }) => rates?.produced || undefined,
  produced: ({ rates }) => rates?.produced || undefined,
  read: ({ rates }) => rates?.read || undefined,
  written: ({ rates }) => rates?.written || undefined,
  refused: ({ rates }) => rates?.deadLetters || undefined,
};

export function BrookEdge(props: EdgeProps<BrookEdgeType>) {
  const { runs } = useModel();
  const name = props.data?.name ?? 'fetched';
  const [path, labelX, labelY] = name === 'refused' ? getBezierPath(props) : getStraightPath(props);
  const at = name === 'refused' ? { x: labelX - 34, y: labelY + 16 } : { x: labelX, y: labelY - 18 };
  return (
    <>
      <path d={path} className={classes.bed} data-edge={name} />
      <EdgeLabelRenderer>
        <Drops path={path} store={runs} of={rateOf[name]} isLetters={name === 'refused'} />
        <div
          className={classes.label}
          style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)` }}
        >
          <Num store={runs} of={rateOf[name]} format={perSecond} className={classes.rate ?? ''} absent="" />
        </div>
      </EdgeLabelRenderer>
    </>
  );
}
