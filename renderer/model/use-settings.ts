// The settings, and how a screen changes them.
import { useCallback } from 'react';
import { useStore } from 'zustand';
import type { Settings } from '../../words/settings.ts';
import { useModel } from './model.ts';

interface UseSettings {
  /** Undefined until the app has answered. */
  settings: Settings | undefined;
  /** Shows the change at once and takes it back when the app refuses it. For what may fail, call the client. */
  save: (patch: Partial<Settings>) => void;
}

export function useSettings(): UseSettings {
  const { client, settings: store } = useModel();
  const settings = useStore(store, (state) => state.settings);
  const save = useCallback(
    (patch: Partial<Settings>) => {
      const before = store.getState().settings;
      if (before) store.setState({ settings: { ...before, ...patch } });
      client.settings.save(patch).then(
        (saved) => store.setState({ settings: saved }),
        () => before && store.setState({ settings: before }),
      );
    },
    [client, store],
  );
  return { settings, save };
}
