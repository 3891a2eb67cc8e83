// What stands under a node's number: how its run or its service is, in a word or two.
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { RunState } from '../../../words/runs.ts';
import type { ServiceName, ServiceState } from '../../../words/stack.ts';
import { useModel } from '../../model/model.ts';
import { whole } from '../../words/format.ts';
import { isActive, stateWord } from '../run-state.ts';
import { servicesOf, type AsideName, type NodeName } from './nodes.ts';

export type Tone = 'calm' | 'attention' | 'bad';
interface NodeWord {
  word: string;
  tone: Tone;
}

function runTone(state: RunState | undefined): Tone {
  if (state?.status === 'failed') return 'bad';
  return state?.status === 'waiting' ? 'attention' : 'calm';
}

function serviceTone(state: ServiceState | undefined): Tone {
  if (state === 'healthy') return 'calm';
  return state === 'failed' ? 'bad' : 'attention';
}

/** Selected so narrowly that it changes with states, not with counters. */
export function useNodeWord(name: NodeName): NodeWord {
  const { t } = useTranslation();
  const { runs, stack } = useModel();
  const producer = useStore(runs, (frame) => frame.producer?.state);
  const consumer = useStore(runs, (frame) => frame.consumer?.state);
  const origin = useStore(runs, (frame) => frame.producer?.origin);
  const mode = useStore(runs, (frame) => frame.consumer?.mode);
  const lag = useStore(runs, ({ sum }) => (name === 'topic' ? sum?.waiting : undefined));
  const serviceOf = (service: ServiceName) =>
    stack.getState().status?.services.find((one) => one.name === service)?.state;
  const kafka = useStore(stack, () => serviceOf('kafka'));
  const cassandra = useStore(stack, () => serviceOf('cassandra'));

  const runWord = (state: RunState | undefined): string =>
    state ? stateWord(state, t) : t('screens.lab.nodeIdle');
  switch (name) {
    case 'source':
      return { word: origin ? t(`screens.lab.origins.${origin}`) : t('screens.lab.nodeIdle'), tone: 'calm' };
    case 'producer':
      return { word: runWord(producer), tone: runTone(producer) };
    case 'consumer': {
      const word = runWord(consumer);
      return {
        word: mode && consumer?.status === 'running' ? `${mode} · ${word}` : word,
        tone: runTone(consumer),
      };
    }
    case 'topic': {
      const tone = serviceTone(kafka);
      if (kafka && tone !== 'calm') return { word: `Kafka: ${t(`states.${kafka}`)}`, tone };
      if (lag === undefined) return { word: '–', tone: 'calm' };
      return {
        word: lag > 0 ? t('screens.lab.lag', { lag: whole(lag) }) : t('screens.lab.noLag'),
        tone: 'calm',
      };
    }
    case 'table': {
      const tone = serviceTone(cassandra);
      const word =
        cassandra && tone !== 'calm' ? `Cassandra: ${t(`states.${cassandra}`)}` : t('screens.lab.unitRows');
      return { word, tone };
    }
    case 'deadLetters':
      return { word: t('screens.lab.unitLetters'), tone: 'calm' };
  }
}

const toneRank: Record<Tone, number> = { calm: 0, attention: 1, bad: 2 };

/** How the services of a further node are: as the one that is worst. It is lit while a run of ours is at work there. */
export function useAsideWord(name: AsideName): NodeWord & { isLit: boolean } {
  const { t } = useTranslation();
  const isLit = useStore(
    useModel().runs,
    ({ consumer }) => name === 'spark' && consumer?.processor === 'spark' && isActive(consumer.state),
  );
  const state = useStore(useModel().stack, ({ status }) => {
    const states = servicesOf(name, status?.services ?? []).map((service) => service.state);
    return states.toSorted((one, other) => toneRank[serviceTone(other)] - toneRank[serviceTone(one)])[0];
  });
  const tone = serviceTone(state);
  if (isLit && tone === 'calm') return { word: t('screens.lab.sparkAtWork'), tone, isLit };
  return { word: state ? t(`states.${state}`) : '–', tone, isLit };
}
