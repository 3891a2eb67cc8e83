// The export's dialog: what to write and where; then how it goes, and where it went.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { ExportInput } from '../../../contract/contract.ts';
import { useModel } from '../../model/model.ts';
import { useAction } from '../../model/use-action.ts';
import { Dialog } from '../../parts/Dialog.tsx';
import { ExportForm } from './ExportForm.tsx';
import { ExportProgress } from './ExportProgress.tsx';
import type { ExportState } from './use-export.ts';

interface Props {
  store: StoreApi<ExportState>;
  isOpen: boolean;
  onClose: () => void;
}

export function ExportDialog({ store, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  const { client } = useModel();
  const isRunning = useStore(store, ({ frame }) => frame.status === 'running');
  const isNews = useStore(store, (state) => state.isNews);
  const [last, setLast] = useState<ExportInput>();
  const start = useAction(async (signal, input: ExportInput) => {
    setLast(input);
    await client.export.start(input, { signal });
    store.setState(({ frame }) => ({
      frame: { ...frame, status: 'running', rows: 0, bytes: 0 },
      isNews: true,
    }));
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
        <ExportProgress store={store} onAgain={again} onClose={close} />
      ) : (
        <ExportForm last={last} start={start} />
      )}
    </Dialog>
  );
}
