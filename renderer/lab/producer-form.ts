// What the producer card asks for, kept on this machine from one time to the next.
import { useLocalStorage } from '@mantine/hooks';
import { z } from 'zod';
import { liveRateMax, type ProducerInput } from '../../contract/contract.ts';

const form = z.object({
  source: z.enum(['auto', 'randomuser', 'offline']),
  /** Records a second; whether it counts is said by `isMax`. */
  rate: z.number().min(1).max(1_000_000),
  isMax: z.boolean(),
  /** Seconds, likewise. */
  seconds: z.number().min(1).max(86_400),
  isEndless: z.boolean(),
  spoiledPercent: z.number().min(0).max(100),
});
export type ProducerForm = z.infer<typeof form>;

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

/** The form and how to change parts of it. What was kept and is no form any more counts for nothing. */
export function useProducerForm(): [ProducerForm, (patch: Partial<ProducerForm>) => void] {
  const [value, setValue] = useLocalStorage<ProducerForm>({
    key: 'riacho-producer',
    defaultValue: fresh,
    getInitialValueInEffect: false,
    deserialize: (text) => {
      try {
        return form.parse(JSON.parse(text ?? ''));
      } catch {
        return fresh;
      }
    },
  });
  return [value, (patch) => setValue((now) => ({ ...now, ...patch }))];
}
