// What the producer card asks for, kept on this machine from one time to the next.
import { useLocalStorage } from '@mantine/hooks';
import type { ProducerInput } from '../../contract/contract.ts';
import { liveRateMax, rateMax } from '../../contract/limits.ts';
import { fieldOf } from '../api/field-of.ts';

export const sources = ['auto', 'randomuser', 'offline'] as const;

export interface ProducerForm {
  source: (typeof sources)[number];
  /** Records a second; whether it counts is said by `isMax`. */
  rate: number;
  isMax: boolean;
  /** Seconds, likewise. */
  seconds: number;
  isEndless: boolean;
  spoiledPercent: number;
}

const fresh: ProducerForm = {
  source: 'auto',
  rate: 10,
  isMax: false,
  seconds: 60,
  isEndless: false,
  spoiledPercent: 0,
};

/** The most records a second that this source gives. */
export function rateLimit({ source }: ProducerForm): number {
  return source === 'offline' ? 10_000 : liveRateMax;
}

/** What is asked of the app. */
export function toProducerInput(of: ProducerForm): ProducerInput {
  const isMax = of.isMax && of.source === 'offline';
  return {
    source: of.source,
    rate: isMax ? 'max' : Math.min(of.rate, rateLimit(of)),
    faultyPercent: of.spoiledPercent,
    ...(!of.isEndless && { forMs: of.seconds * 1_000 }),
  };
}

/** The form as it was kept; a part that is none any more counts for nothing. */
export function recalledForm(text: string | undefined): ProducerForm {
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? '');
  } catch {
    return fresh;
  }
  const number = (name: 'rate' | 'seconds' | 'spoiledPercent', least: number, most: number): number => {
    const found = fieldOf(kept, name);
    return typeof found === 'number' && found >= least && found <= most ? found : fresh[name];
  };
  const flag = (name: 'isMax' | 'isEndless'): boolean => fieldOf(kept, name) === true;
  return {
    source: sources.find((source) => source === fieldOf(kept, 'source')) ?? fresh.source,
    rate: number('rate', 1, rateMax),
    isMax: flag('isMax'),
    seconds: number('seconds', 1, 86_400),
    isEndless: flag('isEndless'),
    spoiledPercent: number('spoiledPercent', 0, 100),
  };
}

/** The form and how to change parts of it. */
export function useProducerForm(): [ProducerForm, (patch: Partial<ProducerForm>) => void] {
  const [value, setValue] = useLocalStorage<ProducerForm>({
    key: 'riacho-producer',
    defaultValue: fresh,
    getInitialValueInEffect: false,
    deserialize: recalledForm,
  });
  return [value, (patch) => setValue((now) => ({ ...now, ...patch }))];
}
