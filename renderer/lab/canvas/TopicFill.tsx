// The water in the topic: rises as messages wait, on a log scale, since one and a million both have to be seen.
import { useLayoutEffect, useRef } from 'react';
import type { RunsFrame } from '../../../contract/contract.ts';
import { useModel } from '../../model/model.ts';
import classes from './TopicFill.module.css';

/** Messages at which the node is full. */
const fullAt = 1_000_000;

function levelOf({ sum }: RunsFrame): number {
  const waiting = sum?.waiting ?? 0;
  return waiting <= 0 ? 0 : Math.min(1, 0.08 + (0.92 * Math.log10(waiting)) / Math.log10(fullAt));
}

export function TopicFill() {
  const { runs } = useModel();
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const show = (frame: RunsFrame): void => {
      const transform = `scaleY(${levelOf(frame).toFixed(3)})`;
      if (element.current && element.current.style.transform !== transform) {
        element.current.style.transform = transform;
      }
    };
    show(runs.getState());
    return runs.subscribe(show);
  }, [runs]);
  return <div ref={element} className={classes.fill} aria-hidden />;
}
