// An export under way: a bar with rows and bytes, and its end with the file.
import { Button, Progress } from '@mantine/core';
import { CircleCheck, FolderOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { useModel } from '../../model/model.ts';
import { useAction } from '../../model/use-action.ts';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { FaultNote } from '../../parts/FaultNote.tsx';
import { bytes, whole } from '../../words/format.ts';
import classes from './Export.module.css';
import type { ExportTarget } from './export-target.ts';
import type { ExportState } from './use-export.ts';

interface Props {
  target: ExportTarget;
  store: StoreApi<ExportState>;
  onAgain: () => void;
  onClose: () => void;
}

export function ExportProgress({ target, store, onAgain, onClose }: Props) {
  const { t } = useTranslation();
  const { client } = useModel();
  const { status, rows, bytes: size, expectedRows, file, fault } = useStore(store, ({ frame }) => frame);
  const show = useAction((signal) => client.host.showInFolder({ file }, { signal }));
  const cancel = useAction((signal) => target.cancel(undefined, { signal }));
  const failed = show.fault ?? cancel.fault;
  const said = { rows: whole(rows), bytes: bytes(size) };
  const share = expectedRows ? Math.min(100, (rows / expectedRows) * 100) : 100;
  return (
    <div className={classes.form}>
      {status === 'running' && (
        <>
          <Progress
            value={share}
            animated={expectedRows === undefined}
            size="lg"
            aria-label={t('screens.rows.export.running')}
          />
          <p className={classes.said} role="status">
            {expectedRows
              ? t('screens.rows.export.progressOf', { ...said, expected: whole(expectedRows) })
              : t('screens.rows.export.progress', said)}
          </p>
          <p className={classes.hint}>{t('screens.rows.export.runningHint')}</p>
        </>
      )}
      {status === 'done' && (
        <p className={classes.done} role="status">
          <CircleCheck size={20} aria-hidden /> {t('screens.rows.export.done', said)}
        </p>
      )}
      {status === 'cancelled' && <p role="status">{t('screens.rows.export.cancelled')}</p>}
      {fault && <FaultNote fault={fault} />}
      {status !== 'cancelled' && (
        <div className={classes.target}>
          <code className={classes.where}>{file}</code>
          <CopyButton value={file} label={t('screens.rows.export.path')} />
        </div>
      )}
      {failed && <FaultNote fault={failed} tone="attention" />}
      <div className={classes.buttons}>
        {status === 'running' ? (
          <Button variant="default" loading={cancel.isBusy} onClick={() => void cancel.run()}>
            {t('screens.rows.export.cancel')}
          </Button>
        ) : (
          <Button variant="default" onClick={onAgain}>
            {t('screens.rows.export.again')}
          </Button>
        )}
        {status === 'done' ? (
          <Button
            leftSection={<FolderOpen size={16} aria-hidden />}
            loading={show.isBusy}
            onClick={() => void show.run()}
          >
            {t('screens.rows.export.showInFolder')}
          </Button>
        ) : (
          <Button variant="subtle" onClick={onClose}>
            {t('screens.frame.close')}
          </Button>
        )}
      </div>
    </div>
  );
}
