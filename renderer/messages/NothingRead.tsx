// An empty list says why it is empty, and has the button that brings something.
import { Inbox, Radio, SearchX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useModel } from '../model/model.ts';
import { EmptyState } from '../parts/EmptyState.tsx';
import { whole } from '../words/format.ts';
import type { Choice } from './choice.ts';
import classes from './NothingRead.module.css';
import type { Reading } from './reading.ts';

interface Props {
  reading: Reading;
  onChange: (change: Partial<Choice>) => void;
}

export function NothingRead({ reading, onChange }: Props) {
  const { t } = useTranslation();
  const { navigation } = useModel();
  const status = useStore(reading.store, ({ phase }) => phase.status);
  const scanned = useStore(reading.store, (state) => (status === 'done' ? state.scanned : 0));
  const total = useStore(reading.store, (state) => (status === 'done' ? state.total : 0));
  if (status === 'live') {
    return (
      <EmptyState
        icon={Radio}
        title={t('screens.messages.liveEmpty')}
        text={t('screens.messages.liveEmptyText')}
        action={{ label: t('screens.messages.toLab'), onClick: () => navigation.setState({ screen: 'lab' }) }}
      />
    );
  }
  if (status === 'reading') return <p className={classes.looking}>{t('screens.messages.looking')}</p>;
  if (status !== 'done') return null;
  if (scanned > 0) {
    return (
      <EmptyState
        icon={SearchX}
        title={t('screens.messages.noMatch')}
        text={t('screens.messages.noMatchText', { count: whole(scanned) })}
        action={{
          label: t('screens.messages.noFilter'),
          onClick: () => onChange({ text: '', field: undefined }),
        }}
      />
    );
  }
  if (total > 0) {
    return (
      <EmptyState
        icon={Inbox}
        title={t('screens.messages.nothingFrom')}
        text={t('screens.messages.nothingFromText')}
        action={{ label: t('screens.messages.fromBeginning'), onClick: () => onChange({ at: 'beginning' }) }}
      />
    );
  }
  return (
    <EmptyState
      icon={Inbox}
      title={t('screens.messages.emptyTopic')}
      text={t('screens.messages.emptyTopicText')}
      action={{ label: t('screens.messages.toLab'), onClick: () => navigation.setState({ screen: 'lab' }) }}
    />
  );
}
