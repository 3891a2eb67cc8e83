// Home: the start panel until the stack is healthy, then the pipeline at work with its cards and charts.
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useModel } from '../model/model.ts';
import { isStackUp } from '../model/stack-state.ts';
import { StartPanel } from './start/StartPanel.tsx';

// Canvas and charts are heavy, and not there until a stack is: they come while it starts.
const loadPipeline = () => import('./Pipeline.tsx');
const Pipeline = lazy(loadPipeline);

export function LabScreen() {
  const { t } = useTranslation();
  const { stack } = useModel();
  const isKnown = useStore(stack, ({ status }) => status !== undefined);
  const isUp = useStore(stack, ({ status }) => isStackUp(status));
  useEffect(() => {
    const timer = setTimeout(() => void loadPipeline(), 1_500);
    return () => clearTimeout(timer);
  }, []);
  if (!isKnown) return <h1 className="hidden">{t('screens.frame.lab')}</h1>;
  return (
    <>
      <h1 className="hidden">{t('screens.frame.lab')}</h1>
      {isUp ? (
        <Suspense>
          <Pipeline />
        </Suspense>
      ) : (
        <StartPanel />
      )}
    </>
  );
}
