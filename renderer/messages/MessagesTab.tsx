// One topic read as a person does: what to read, how it goes, the list, one message opened beside it.
import { Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { ArrowDownToLine } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { usersTopic } from '../../words/users.ts';
import { useModel } from '../model/model.ts';
import { useLoaded } from '../model/use-loaded.ts';
import { FaultNote } from '../parts/FaultNote.tsx';
import { onEscape } from '../parts/on-escape.ts';
import { whole } from '../words/format.ts';
import { fieldTime, queryOf, type Choice } from './choice.ts';
import { MessagePanel, type OpenedMessage } from './MessagePanel.tsx';
import classes from './MessagesTab.module.css';
import { MessageTable } from './MessageTable.tsx';
import { NothingRead } from './NothingRead.tsx';
import type { Reading } from './reading.ts';
import { ReadingBar } from './ReadingBar.tsx';
import { Toolbar } from './Toolbar.tsx';
import { useReading } from './use-reading.ts';

/** How far back a time begins, until another is chosen. */
const timeBackMs = 10 * 60_000;

interface Props {
  opened: OpenedMessage | undefined;
  onOpened: (opened: OpenedMessage | undefined) => void;
  /** Messages sent by hand: where the newest are shown, each is read at once. */
  sentCount: number;
}

export function MessagesTab({ opened, onOpened, sentCount }: Props) {
  const { client } = useModel();
  const [choice, setChoice] = useState<Choice>(() => ({
    topic: usersTopic,
    at: 'newest',
    offset: 0,
    time: fieldTime(Date.now() - timeBackMs),
    text: '',
    field: undefined,
  }));
  const [again, setAgain] = useState(0);
  const turn = choice.at === 'newest' ? again + sentCount : again;
  const query = queryOf(choice);
  const reading = useReading(query, turn);
  const topics = useLoaded('topics', (signal) => client.messages.topics(undefined, { signal }));
  const change = (part: Partial<Choice>): void => setChoice((now) => ({ ...now, ...part }));
  return (
    <>
      <Toolbar
        choice={choice}
        onChange={change}
        topics={topics.loaded.status === 'loaded' ? topics.loaded.value : []}
        onLookAtTopics={topics.reload}
      />
      {reading && (
        <Read
          reading={reading}
          onAgain={() => setAgain(again + 1)}
          onPhase={topics.reload}
          onChange={change}
          opened={opened}
          onOpened={onOpened}
        />
      )}
    </>
  );
}

interface ReadProps extends Omit<Props, 'sentCount'> {
  reading: Reading;
  onAgain: () => void;
  /** It began, ended or was cut off: the topics may hold more by now. */
  onPhase: () => void;
  onChange: (change: Partial<Choice>) => void;
}

function Read({ reading, onAgain, onPhase, onChange, opened, onOpened }: ReadProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<{ of: Reading; number: number }>();
  // Numbers mean something in their own reading only.
  const active = chosen?.of === reading ? chosen.number : undefined;
  const hasRows = useStore(reading.store, ({ version }) => version > 0 && reading.rows.length > 0);
  const phase = useStore(reading.store, (state) => state.phase);
  useEffect(onPhase, [phase.status, onPhase]);
  useHotkeys([['space', () => toggle(reading)]], ['INPUT', 'TEXTAREA', 'SELECT', 'BUTTON', 'A']);

  const open = (number: number): void => {
    const row = reading.rows.at(number);
    if (row) onOpened({ topic: reading.query.topic, partition: row.partition, offset: row.offset });
  };
  const choose = (number: number): void => {
    setChosen({ of: reading, number });
    if (opened) open(number);
  };
  const step = (by: 1 | -1): void => {
    if (active === undefined || !reading.rows.at(active + by)) return;
    reading.pause();
    choose(active + by);
  };
  return (
    <div className={classes.read} onKeyDown={onEscape(() => onOpened(undefined))}>
      <section className={classes.card} aria-label={reading.query.topic}>
        <ReadingBar reading={reading} onAgain={onAgain} />
        {(phase.status === 'failed' || phase.status === 'waiting') && (
          <div className={classes.fault}>
            <FaultNote
              fault={phase.fault}
              tone={phase.status === 'waiting' ? 'attention' : 'bad'}
              {...(phase.status === 'failed' && {
                action: { label: t('screens.frame.tryAgain'), onClick: onAgain },
              })}
            />
          </div>
        )}
        {hasRows ? (
          // Another reading's list begins at its own end.
          <MessageTable key={reading.id} reading={reading} active={active} onActive={choose} onOpen={open} />
        ) : (
          <NothingRead reading={reading} onChange={onChange} />
        )}
        <Paused reading={reading} />
      </section>
      {opened && (
        <MessagePanel
          opened={opened}
          onClose={() => onOpened(undefined)}
          onStep={active === undefined ? undefined : step}
        />
      )}
    </div>
  );
}

function toggle(reading: Reading): void {
  if (!reading.isLive) return;
  if (reading.store.getState().isFollowing) reading.pause();
  else reading.goOn();
}

/** Over the list's end, where a person looks for what is new. */
function Paused({ reading }: { reading: Reading }) {
  const { t } = useTranslation();
  const isPaused = useStore(reading.store, ({ isFollowing }) => reading.isLive && !isFollowing);
  const held = useStore(reading.store, (state) => state.held);
  if (!isPaused) return null;
  return (
    <div className={classes.paused}>
      <span>{t('screens.messages.pausedNew', { count: whole(held) })}</span>
      <Button
        size="compact-sm"
        leftSection={<ArrowDownToLine size={14} aria-hidden />}
        onClick={() => reading.goOn()}
      >
        {t('screens.messages.goOn')}
      </Button>
    </div>
  );
}
