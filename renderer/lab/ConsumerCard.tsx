// The consumer: from where it reads, what became of what it read; start and stop.
import { SegmentedControl } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { RunsFrame } from '../../contract/contract.ts';
import type { ConsumerMode } from '../../words/runs.ts';
import { useModel } from '../model/model.ts';
import { useAction } from '../model/use-action.ts';
import { FaultNote } from '../parts/FaultNote.tsx';
import { Num } from '../parts/Num.tsx';
import { Panel } from '../parts/Panel.tsx';
import { span, whole } from '../words/format.ts';
import classes from './RunCard.module.css';
import { RunFoot } from './RunFoot.tsx';
import { ProcessorChoice, SparkMissing, useProcessor } from './ProcessorChoice.tsx';
import { isActive, stateWord } from './run-state.ts';
import { SparkProgress } from './SparkProgress.tsx';

const modes = ['initial', 'append'] as const satisfies ConsumerMode[];

/** What was kept, or was chosen; no mode at all counts for the first. */
const modeOf = (text: string | undefined): ConsumerMode => modes.find((mode) => mode === text) ?? 'initial';

function useMode(): [ConsumerMode, (mode: ConsumerMode) => void] {
  const [mode, setMode] = useLocalStorage<ConsumerMode>({
    key: 'riacho-consumer-mode',
    defaultValue: 'initial',
    getInitialValueInEffect: false,
    deserialize: modeOf,
    serialize: (chosen) => chosen,
  });
  return [mode, setMode];
}

export function ConsumerCard() {
  const { t } = useTranslation();
  const { client, runs } = useModel();
  const [mode, setMode] = useMode();
  const [processor, setProcessor] = useProcessor();
  const isRunning = useStore(runs, ({ consumer }) => isActive(consumer?.state));
  // Not this page's signal: a reload leaves the run alone.
  const start = useAction(() => client.consumer.start({ mode, processor }));
  const stop = useAction(() => client.consumer.stop());
  const isLocked = isRunning || start.isBusy;
  return (
    <Panel
      title={t('screens.lab.consumer')}
      aside={<ProcessorChoice processor={processor} onChoose={setProcessor} isLocked={isLocked} />}
    >
      {!isLocked && <SparkMissing />}
      <div className={classes.field}>
        <div className={classes.label}>{t('screens.lab.mode')}</div>
        <SegmentedControl
          fullWidth
          size="sm"
          disabled={isLocked}
          aria-label={t('screens.lab.mode')}
          value={mode}
          onChange={(value) => setMode(modeOf(value))}
          data={modes.map((value) => ({ value, label: t(`screens.lab.modes.${value}`) }))}
        />
        {!isLocked && <p className={classes.hint}>{t(`screens.lab.modeHints.${mode}`)}</p>}
      </div>
      <Counters />
      <RunFoot
        isRunning={isRunning}
        start={start}
        stop={stop}
        startLabel={t('screens.lab.startConsuming')}
        stopLabel={t('screens.lab.stopConsuming')}
      >
        <ConsumerStatus />
      </RunFoot>
    </Panel>
  );
}

const counters = {
  written: ({ consumer }: RunsFrame) => consumer?.written,
  deadLetters: ({ consumer }: RunsFrame) => consumer?.deadLetters,
  skipped: ({ consumer }: RunsFrame) => consumer?.skipped,
  waiting: ({ consumer }: RunsFrame) => consumer?.waiting,
} as const;
const counterNames = ['written', 'deadLetters', 'skipped', 'waiting'] as const;

/** What this run made of the messages it read. */
function Counters() {
  const { t } = useTranslation();
  const { runs } = useModel();
  return (
    <dl className={classes.counters}>
      {counterNames.map((name) => (
        <div key={name}>
          <dt>{t(`screens.frame.${name}`)}</dt>
          <dd>
            <Num store={runs} of={counters[name]} format={whole} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function ConsumerStatus() {
  const { t } = useTranslation();
  const { runs } = useModel();
  const state = useStore(runs, ({ consumer }) => consumer?.state);
  const startedAt = useStore(runs, ({ consumer }) => consumer?.startedAt);
  const endedAt = useStore(runs, ({ consumer }) => consumer?.endedAt);
  const mode = useStore(runs, ({ consumer }) => consumer?.mode);
  const rewinds = useStore(runs, ({ consumer }) => consumer?.rewinds ?? 0);
  const lost = useStore(runs, ({ consumer }) => consumer?.lost ?? 0);
  if (!state || !mode) return null;
  return (
    <>
      {state.status === 'waiting' && state.fault && <FaultNote fault={state.fault} tone="attention" />}
      {state.status === 'failed' && <FaultNote fault={state.fault} />}
      {rewinds > 0 && isActive(state) && <p className={classes.hint}>{t('screens.lab.rewound')}</p>}
      <SparkProgress />
      {lost > 0 && <p className={classes.hint}>{t('screens.lab.lostMessages', { messages: whole(lost) })}</p>}
      <div className={classes.status}>
        <span>{t(`screens.lab.modes.${mode}`)}</span>
        <span>
          {stateWord(state, t)}
          {endedAt !== undefined && startedAt !== undefined && ` · ${span(endedAt - startedAt)}`}
        </span>
      </div>
    </>
  );
}
