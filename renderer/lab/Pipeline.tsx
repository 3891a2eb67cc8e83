// The lab at work: the canvas, a card for each run, the charts, and the inspector of a node.
import { useState } from 'react';
import { Canvas } from './canvas/Canvas.tsx';
import type { NodeName } from './canvas/layout.ts';
import { Charts } from './charts/Charts.tsx';
import { ConsumerCard } from './ConsumerCard.tsx';
import { Inspector } from './inspector/Inspector.tsx';
import classes from './Pipeline.module.css';
import { ProducerCard } from './ProducerCard.tsx';

export default function Pipeline() {
  const [inspected, inspect] = useState<NodeName>();
  return (
    <div className={classes.lab}>
      <div className={classes.flow}>
        <Canvas inspected={inspected} onInspect={inspect} />
        <div className={classes.cards}>
          <ProducerCard />
          <ConsumerCard />
          <Charts />
        </div>
      </div>
      {inspected && <Inspector key={inspected} node={inspected} onClose={() => inspect(undefined)} />}
    </div>
  );
}
