// The export's button, with a chip beside it that says how an export goes while its dialog is closed.
import { Button, Loader } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { CircleCheck, Download, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { bytes, whole } from '../../words/format.ts';
import classes from './Export.module.css';
import { ExportDialog } from './ExportDialog.tsx';
import type { ExportTarget } from './export-target.ts';
import { useExport, type ExportState } from './use-export.ts';

export function ExportButton({ target }: { target: ExportTarget }) {
  const { t } = useTranslation();
  const store = useExport(target);
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <div className={classes.button}>
      {!isOpen && <Chip store={store} onOpen={open} />}
      <Button leftSection={<Download size={16} aria-hidden />} onClick={open}>
        {t('screens.rows.exportCsv')}
      </Button>
      <ExportDialog target={target} store={store} isOpen={isOpen} onClose={close} />
    </div>
  );
}

function Chip({ store, onOpen }: { store: StoreApi<ExportState>; onOpen: () => void }) {
  const { t } = useTranslation();
  const { frame, isNews } = useStore(store);
  const { status, rows, expectedRows } = frame;
  if (!isNews || status === 'none' || status === 'cancelled') return null;
  const share = expectedRows ? `${whole(Math.min(99, (rows / expectedRows) * 100))} %` : whole(rows);
  return (
    <button type="button" className={classes.chip} data-status={status} onClick={onOpen}>
      {status === 'running' && <Loader size={12} />}
      {status === 'done' && <CircleCheck size={14} aria-hidden />}
      {status === 'failed' && <TriangleAlert size={14} aria-hidden />}
      {status === 'running' && `${t('screens.rows.export.running')} · ${share}`}
      {status === 'done' && `${t('screens.rows.export.chipDone')} · ${bytes(frame.bytes)}`}
      {status === 'failed' && t('screens.rows.export.chipFailed')}
    </button>
  );
}
