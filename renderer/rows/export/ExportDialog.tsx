// The export's dialog: what to write and where; then how it goes, and where it went.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { useAction } from '../../model/use-action.ts';
import { Dialog } from '../../parts/Dialog.tsx';
import type { ExportChoice, ExportTarget } from './export-target.ts';
import { ExportForm } from './ExportForm.tsx';
import { ExportProgress } from './ExportProgress.tsx';
import type { ExportState } from './use-export.ts';

interface Props {
  target: ExportTarget;
  store: StoreApi<ExportState>;
  isOpen: boolean;
  onClose: () => void;
}

export function ExportDialog({ target, store, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  const isRunning = useStore(store, ({ frame }) => frame.status === 'running');
  const isNews = useStore(store, (state) => state.isNews);
  const [last, setLast] = useState<ExportChoice>();
  const start = useAction(async (signal, choice: ExportChoice) => {
    setLast(choice);
    const before = store.getState();
    // At once: a short export has ended, and was told, before its start is answered.
    store.setState({ frame: { status: 'running', rows: 0, bytes: 0, file: choice.file }, isNews: true });
    try {
      await target.start(choice, { signal });
    } catch (error) {
      store.setState(before, true);
      throw error;
    }
  });
  const again = (): void => store.setState({ isNews: false });
  const close = (): void => {
    // What has ended was seen.
    if (!isRunning) again();
    start.clear();
    onClose();
  };
  return (
    <Dialog isOpen={isOpen} onClose={close} title={t('screens.rows.exportCsv')} width={560}>
      {isNews ? (
        <ExportProgress target={target} store={store} onAgain={again} onClose={close} />
      ) : (
        <ExportForm target={target} last={last} start={start} />
      )}
    </Dialog>
  );
}
