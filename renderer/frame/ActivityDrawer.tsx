// Activity: everything that was done, newest first, with its result and the command that does the same.
import { Drawer } from '@mantine/core';
import { History } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Activity } from '../../words/lab.ts';
import { useModel } from '../model/model.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import { EmptyState } from '../parts/EmptyState.tsx';
import { FaultNote } from '../parts/FaultNote.tsx';
import { span, time } from '../words/format.ts';
import classes from './ActivityDrawer.module.css';
import { outcomeOf } from './outcome.ts';

export default function ActivityDrawer() {
  const { t } = useTranslation();
  const { navigation, activity } = useModel();
  const isOpen = useStore(navigation, ({ isActivityOpen }) => isActivityOpen);
  // It comes closed and opens then: so it slides in, and knows where the focus was.
  const [isThere, setThere] = useState(false);
  useEffect(() => setThere(true), []);
  const entries = useStore(activity, (state) => state.entries);
  return (
    <Drawer
      opened={isOpen && isThere}
      onClose={() => navigation.setState({ isActivityOpen: false })}
      position="right"
      size={480}
      title={t('screens.frame.activity')}
      closeButtonProps={{ 'aria-label': t('screens.frame.close') }}
      classNames={{ title: classes.title ?? '' }}
    >
      {entries.length === 0 ? (
        <EmptyState
          icon={History}
          title={t('screens.frame.noActivity')}
          text={t('screens.frame.noActivityHint')}
        />
      ) : (
        <>
          <p className={classes.hint}>{t('screens.frame.activityHint')}</p>
          <ol className={classes.list}>
            {entries.toReversed().map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </ol>
        </>
      )}
    </Drawer>
  );
}

function Entry({ entry }: { entry: Activity }) {
  const { t } = useTranslation();
  const { action, startedAt, endedAt, status, detail, command, fault } = entry;
  return (
    <li className={classes.entry}>
      <div className={classes.line}>
        <span className={classes.time}>{time(startedAt)}</span>
        <span className={classes.action}>{t(`screens.frame.actions.${action}`)}</span>
        <span className={classes.status} data-status={status}>
          {t(`screens.frame.${outcomeOf(entry)}`)}
          {endedAt !== undefined && ` · ${span(endedAt - startedAt)}`}
        </span>
      </div>
      {detail !== '' && <div className={classes.detail}>{detail}</div>}
      {command !== undefined && (
        <div className={classes.command}>
          <code>{command}</code>
          <CopyButton value={command} />
        </div>
      )}
      {fault && <FaultNote fault={fault} />}
    </li>
  );
}
