// How the export goes, whoever started it; a store, so that its numbers re-render only what shows them.
import { useState } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ExportFrame } from '../../../words/messages.ts';
import { usePull } from '../../model/use-pull.ts';
import type { ExportTarget } from './export-target.ts';

export interface ExportState {
  frame: ExportFrame;
  /** Whether its end is still worth a word here: it was seen running, and nobody has put it away. */
  isNews: boolean;
}

export function useExport(target: ExportTarget): StoreApi<ExportState> {
  const [store] = useState(() =>
    createStore<ExportState>(() => ({
      frame: { status: 'none', rows: 0, bytes: 0, file: '' },
      isNews: false,
    })),
  );
  usePull('export', target.next, {
    onFrame: ({ frame }) =>
      store.setState(({ isNews }) => ({ frame, isNews: isNews || frame.status === 'running' })),
  });
  return store;
}
