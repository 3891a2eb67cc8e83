// One message opened, at the right of the list: its place, what it holds, and the way on.
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { ChevronDown, ChevronUp, Route, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabTopic, MessagePlace } from '../../words/browse.ts';
import type { MessageView } from '../../words/messages.ts';
import { useModel } from '../model/model.ts';
import { useLoaded } from '../model/use-loaded.ts';
import { CopyMenu } from './CopyMenu.tsx';
import { FaultNote } from '../parts/FaultNote.tsx';
import { bytes, dateTime, exactTime } from '../words/format.ts';
import { recordPlace } from './decoded.ts';
import classes from './MessagePanel.module.css';
import { MessageValue } from './MessageValue.tsx';

export interface OpenedMessage extends MessagePlace {
  topic: LabTopic;
}

interface Props {
  opened: OpenedMessage;
  onClose: () => void;
  /** To the list's next or previous message; without it there is none. */
  onStep: ((by: 1 | -1) => void) | undefined;
}

export function MessagePanel({ opened, onClose, onStep }: Props) {
  const { t } = useTranslation();
  const { client } = useModel();
  const place = `${opened.topic}/${opened.partition}/${opened.offset}`;
  const { loaded, reload } = useLoaded(place, (signal) => client.messages.get(opened, { signal }));
  const panel = useRef<HTMLElement>(null);
  // Who opened it by a key or from another screen reads on here; who clicks stays in the list.
  useEffect(() => {
    if (document.activeElement === document.body) panel.current?.focus();
  }, []);
  return (
    <section ref={panel} tabIndex={-1} className={classes.panel} aria-label={t('screens.messages.panel')}>
      <header className={classes.header}>
        <h2 className={classes.place}>
          <span className={classes.topic}>{opened.topic}</span>
          {` / ${opened.partition} / ${opened.offset}`}
        </h2>
        {onStep && (
          <>
            <Icon label={t('screens.messages.previous')} icon={ChevronUp} onClick={() => onStep(-1)} />
            <Icon label={t('screens.messages.next')} icon={ChevronDown} onClick={() => onStep(1)} />
          </>
        )}
        <Icon label={t('screens.frame.close')} icon={X} onClick={onClose} />
      </header>
      {loaded.status === 'loading' && <p className={classes.wait}>{t('screens.messages.opening')}</p>}
      {loaded.status === 'failed' && (
        <FaultNote fault={loaded.fault} action={{ label: t('screens.frame.tryAgain'), onClick: reload }} />
      )}
      {loaded.status === 'loaded' && <Opened message={loaded.value} place={place} />}
    </section>
  );
}

function Opened({ message, place }: { message: MessageView; place: string }) {
  const { t } = useTranslation();
  const { navigation } = useModel();
  const { key, value, timestamp } = message;
  return (
    <>
      <dl className={classes.facts}>
        <dt>{t('screens.messages.columns.time')}</dt>
        <dd title={dateTime(timestamp)}>{exactTime(timestamp)}</dd>
        <dt>{t('screens.messages.columns.key')}</dt>
        <dd>{key === null ? <i>{t('screens.messages.noKey')}</i> : key.content}</dd>
        <dt>{t('screens.messages.size')}</dt>
        <dd>{value === null ? <i>{t('screens.messages.noValue')}</i> : bytes(value.size)}</dd>
      </dl>
      <div className={classes.actions}>
        <Button
          size="xs"
          leftSection={<Route size={14} aria-hidden />}
          onClick={() => navigation.setState({ following: { by: 'message', ...recordPlace(message) } })}
        >
          {t('screens.messages.follow')}
        </Button>
        <CopyMenu message={message} place={place} />
      </div>
      <MessageValue key={`${message.partition}/${message.offset}`} message={message} />
    </>
  );
}

interface IconProps {
  label: string;
  icon: typeof X;
  onClick: () => void;
}

function Icon({ label, icon: Drawn, onClick }: IconProps) {
  return (
    <Tooltip label={label} openDelay={400}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onClick}>
        <Drawn size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
