// One record's way, at the right of whatever screen is shown: from where it was fetched to what became of it.
import { Button, Drawer, Loader, Progress } from '@mantine/core';
import { CircleSlash } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { FollowFrame } from '../../words/browse.ts';
import { useModel } from '../model/model.ts';
import type { FollowTarget } from '../model/navigation.ts';
import { EmptyState } from '../parts/EmptyState.tsx';
import { FaultNote } from '../parts/FaultNote.tsx';
import { whole } from '../words/format.ts';
import classes from './FollowDrawer.module.css';
import { RecordWay } from './RecordWay.tsx';
import { useFollowed } from './use-followed.ts';

export default function FollowDrawer() {
  const { t } = useTranslation();
  const { navigation } = useModel();
  const target = useStore(navigation, ({ following }) => following);
  useFocusBack();
  return (
    <Drawer
      opened={target !== undefined}
      onClose={() => navigation.setState({ following: undefined })}
      position="right"
      size={460}
      title={t('screens.follow.title')}
      closeButtonProps={{ 'aria-label': t('screens.frame.close') }}
      classNames={{ title: classes.title ?? '' }}
    >
      {target && <Follow target={target} />}
    </Drawer>
  );
}

/** Whoever comes back is where they left. The drawer is taken away at once, before it could see to that itself. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement) before.focus();
    },
    [before],
  );
}

function Follow({ target }: { target: FollowTarget }) {
  const { t } = useTranslation();
  const { followed, cancel, again } = useFollowed(target);
  switch (followed.status) {
    case 'opening':
      return (
        <p className={classes.wait} role="status">
          <Loader size="xs" /> {t('screens.follow.opening')}
        </p>
      );
    case 'cancelled':
      return (
        <div className={classes.over} role="status">
          {t('screens.follow.cancelled')}
          <Button size="xs" variant="default" onClick={again}>
            {t('screens.follow.searchAgain')}
          </Button>
        </div>
      );
    case 'failed':
      return (
        <FaultNote fault={followed.fault} action={{ label: t('screens.frame.tryAgain'), onClick: again }} />
      );
    case 'frame':
      return <Framed frame={followed.frame} onCancel={cancel} />;
  }
}

function Framed({ frame, onCancel }: { frame: FollowFrame; onCancel: () => void }) {
  const { t } = useTranslation();
  const { status, record, scanned, total } = frame;
  if (record) return <RecordWay record={record} />;
  if (status === 'gone') {
    return (
      <div role="status">
        <EmptyState
          icon={CircleSlash}
          title={t('screens.follow.gone')}
          text={t('screens.follow.goneText', { total: whole(total) })}
        />
      </div>
    );
  }
  return (
    <div className={classes.search}>
      <p role="status">{t('screens.follow.searching')}</p>
      <Progress value={total === 0 ? 0 : (scanned / total) * 100} aria-label={t('screens.follow.progress')} />
      <div className={classes.searchLine}>
        <span>{t('screens.follow.scanned', { scanned: whole(scanned), total: whole(total) })}</span>
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          {t('screens.follow.cancel')}
        </Button>
      </div>
    </div>
  );
}
