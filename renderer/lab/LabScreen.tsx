// Home: the start panel until the stack is healthy, then the pipeline at work with its cards and charts.
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useModel } from '../model/model.ts';
import { loadFlow } from './canvas/Canvas.tsx';
import { loadPlot } from './charts/TimeChart.tsx';
import { Pipeline } from './Pipeline.tsx';
import { StartPanel } from './start/StartPanel.tsx';

export function LabScreen() {
  const { t } = useTranslation();
  const { stack } = useModel();
  const isKnown = useStore(stack, ({ status }) => status !== undefined);
  const isUp = useStore(stack, (state) => state.isUp);
  // What is heavy of the pipeline comes while its stack starts.
  useEffect(() => {
    const timer = setTimeout(() => void Promise.allSettled([loadFlow(), loadPlot()]), 1_500);
    return () => clearTimeout(timer);
  }, []);
  if (!isKnown) return <h1 className="hidden">{t('screens.frame.lab')}</h1>;
  return (
    <>
      <h1 className="hidden">{t('screens.frame.lab')}</h1>
      {isUp ? <Pipeline /> : <StartPanel />}
    </>
  );
}
