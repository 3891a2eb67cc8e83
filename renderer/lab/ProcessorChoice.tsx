// Who consumes: the app itself, or a job on the stack's Spark where there is one.
import { SegmentedControl } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Processor } from '../../words/runs.ts';
import { useModel } from '../model/model.ts';
import classes from './RunCard.module.css';

const processors = ['builtin', 'spark'] as const satisfies Processor[];

const processorOf = (text: string | undefined): Processor =>
  processors.find((processor) => processor === text) ?? 'builtin';

function useHasSpark(): boolean {
  return useStore(
    useModel().stack,
    ({ status }) =>
      status?.services.some(({ name, state }) => name === 'spark-master' && state === 'healthy') ?? false,
  );
}

/** What was chosen last, where the stack has it. */
export function useProcessor(): [Processor, (processor: Processor) => void] {
  const hasSpark = useHasSpark();
  const [processor, setProcessor] = useLocalStorage<Processor>({
    key: 'riacho-processor',
    defaultValue: 'builtin',
    getInitialValueInEffect: false,
    deserialize: processorOf,
    serialize: (chosen) => chosen,
  });
  return [hasSpark ? processor : 'builtin', setProcessor];
}

interface Props {
  processor: Processor;
  onChoose: (processor: Processor) => void;
  /** While a run is under way. */
  isLocked: boolean;
}

/** Small, beside the card's title. */
export function ProcessorChoice({ processor, onChoose, isLocked }: Props) {
  const { t } = useTranslation();
  const hasSpark = useHasSpark();
  return (
    <SegmentedControl
      size="xs"
      disabled={isLocked}
      aria-label={t('screens.lab.processor')}
      value={processor}
      onChange={(value) => onChoose(processorOf(value))}
      data={processors.map((value) => ({
        value,
        label: t(`screens.lab.processors.${value}`),
        disabled: value === 'spark' && !hasSpark,
      }))}
    />
  );
}

/** Why Spark cannot be chosen, and where that is changed; nothing where it can. */
export function SparkMissing() {
  const { t } = useTranslation();
  const { navigation } = useModel();
  if (useHasSpark()) return null;
  return (
    <p className={classes.hint}>
      {t('screens.lab.sparkMissing')}{' '}
      <button
        type="button"
        className={classes.link}
        onClick={() => navigation.setState({ screen: 'settings' })}
      >
        {t('screens.lab.chooseProfile')}
      </button>
    </p>
  );
}
