// What services take, with the last minute of it: a store, so that a second's news re-render only what shows them.
import { useState } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { UsageFrame } from '../../../words/services.ts';
import type { ServiceName } from '../../../words/stack.ts';
import { useModel } from '../../model/model.ts';
import { usePull } from '../../model/use-pull.ts';

export const samplesMax = 60;

export interface Samples {
  cpuPercent: readonly number[];
  memoryBytes: readonly number[];
}

export interface UsageState {
  frame?: UsageFrame;
  samples: Partial<Record<ServiceName, Samples>>;
}

export function useUsage(): StoreApi<UsageState> {
  const { client } = useModel();
  const [store] = useState(() => createStore<UsageState>(() => ({ samples: {} })));
  usePull('usage', client.services.next, {
    onFrame: ({ frame }) =>
      store.setState(({ samples }) => ({
        frame,
        samples: Object.fromEntries(
          frame.services.map(({ name, cpuPercent, memoryBytes }) => [
            name,
            {
              cpuPercent: [...(samples[name]?.cpuPercent ?? []), cpuPercent].slice(-samplesMax),
              memoryBytes: [...(samples[name]?.memoryBytes ?? []), memoryBytes].slice(-samplesMax),
            },
          ]),
        ),
      })),
  });
  return store;
}
