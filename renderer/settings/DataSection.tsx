// Where the data lies, and how much of it there is.
import { ActionIcon, Tooltip } from '@mantine/core';
import { FolderOpen } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useModel, type Model } from '../model/model.ts';
import { useAction } from '../model/use-action.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import { FaultNote } from '../parts/FaultNote.tsx';
import { bytes } from '../words/format.ts';
import { Section } from './Section.tsx';
import classes from './Settings.module.css';

type Folder = Awaited<ReturnType<Model['client']['settings']['dataFolder']>>;

export function DataSection() {
  const { t } = useTranslation();
  const { client } = useModel();
  const [folder, setFolder] = useState<Folder>();
  const { run, fault } = useAction(async (signal) =>
    setFolder(await client.settings.dataFolder(undefined, { signal })),
  );
  useEffect(() => void run(), [run]);
  const show = useAction((signal, file: string) => client.host.showInFolder({ file }, { signal }));
  return (
    <Section title={t('screens.settings.dataFolder')}>
      {folder && (
        <>
          <div className={classes.path}>
            <code>{folder.path}</code>
            <CopyButton value={folder.path} label={t('screens.settings.path')} />
            <Tooltip label={t('screens.settings.showInFolder')}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={t('screens.settings.showInFolder')}
                loading={show.isBusy}
                onClick={() => void show.run(folder.path)}
              >
                <FolderOpen size={16} />
              </ActionIcon>
            </Tooltip>
          </div>
          <span className={classes.small}>
            {t('screens.settings.folderSize', { size: bytes(folder.bytes), free: bytes(folder.freeBytes) })}
          </span>
        </>
      )}
      {fault && <FaultNote fault={fault} />}
      {show.fault && <FaultNote fault={show.fault} tone="attention" onClose={show.clear} />}
    </Section>
  );
}
