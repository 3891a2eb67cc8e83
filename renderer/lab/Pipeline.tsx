// The lab at work: the canvas, a card for each run, the charts, and the inspector of a node.
import { Suspense, useState } from 'react';
import { lazily } from '../parts/lazily.ts';
import { Canvas } from './canvas/Canvas.tsx';
import type { Inspected } from './canvas/nodes.ts';
import { Charts } from './charts/Charts.tsx';
import { ConsumerCard } from './ConsumerCard.tsx';
import inspectorClasses from './inspector/Inspector.module.css';
import classes from './Pipeline.module.css';
import { ProducerCard } from './ProducerCard.tsx';

const Inspector = lazily(() => import('./inspector/Inspector.tsx'));

export function Pipeline() {
  const [inspected, inspect] = useState<Inspected>();
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
      {inspected && (
        <Suspense fallback={<aside className={inspectorClasses.inspector} />}>
          <Inspector key={inspected} node={inspected} onClose={() => inspect(undefined)} />
        </Suspense>
      )}
    </div>
  );
}
