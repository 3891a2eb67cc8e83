// The pipeline as a picture, in a frame of its own height; the flow in it comes when the cards below are there.
import { useElementSize } from '@mantine/hooks';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useModel } from '../../model/model.ts';
import { Later } from '../../parts/Later.tsx';
import { lazily } from '../../parts/lazily.ts';
import { asideNames, asidesIn, nodeNames, type Inspected } from './nodes.ts';
import classes from './Canvas.module.css';
import { layOut, type Layout } from './layout.ts';
import { NextStep } from './NextStep.tsx';

export const loadFlow = () => import('./Flow.tsx');
const Flow = lazily(loadFlow);

interface Props {
  inspected: Inspected | undefined;
  onInspect: (node: Inspected | undefined) => void;
}

export function Canvas({ inspected, onInspect }: Props) {
  const { t } = useTranslation();
  const { ref, width } = useElementSize();
  // A text, so that what a service does changes nothing here as long as it is there.
  const shown = useStore(useModel().stack, ({ status }) => asidesIn(status?.services ?? []).join());
  const layout = useMemo(
    () =>
      layOut(
        width,
        asideNames.filter((name) => shown.split(',').includes(name)),
      ),
    [width, shown],
  );
  return (
    <section
      ref={ref}
      className={classes.canvas}
      style={{ height: layout.height }}
      aria-label={t('screens.lab.canvas')}
    >
      <Later place={width > 0 && <Outlines layout={layout} />}>
        {width > 0 && <Flow layout={layout} inspected={inspected} onInspect={onInspect} />}
      </Later>
      <NextStep />
    </section>
  );
}

/** Where the nodes will stand. */
function Outlines({ layout: { nodes, asides } }: { layout: Layout }) {
  const boxes = [...nodeNames.map((name) => ({ name, ...nodes[name] })), ...asides];
  return boxes.map(({ name, x, y, width, height }) => (
    <i key={name} className={classes.outline} style={{ left: x, top: y, width, height }} />
  ));
}
