// The Messages screen: the topic, and the letters of what could not become a row.
import { ActionIcon, Button, Tabs } from '@mantine/core';
import { CircleCheck, MailX, PowerOff, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { HandMadeKind, MessagePlace } from '../../words/browse.ts';
import { usersTopic } from '../../words/users.ts';
import { useModel } from '../model/model.ts';
import { useAction } from '../model/use-action.ts';
import { EmptyState } from '../parts/EmptyState.tsx';
import { FaultNote } from '../parts/FaultNote.tsx';
import { DeadLettersTab } from './DeadLettersTab.tsx';
import type { OpenedMessage } from './MessagePanel.tsx';
import classes from './MessagesScreen.module.css';
import { MessagesTab } from './MessagesTab.tsx';
import { ProduceMenu } from './ProduceMenu.tsx';

type Tab = 'messages' | 'letters';
interface Sent extends MessagePlace {
  kind: HandMadeKind;
}

export default function MessagesScreen() {
  const { t } = useTranslation();
  const { client, stack, navigation } = useModel();
  const [tab, setTab] = useState<Tab>('messages');
  const [opened, setOpened] = useState<OpenedMessage>();
  const [letter, setLetter] = useState<MessagePlace>();
  const [sent, setSent] = useState<Sent>();
  const [sentCount, setSentCount] = useState(0);
  const kafka = useStore(
    stack,
    ({ status }) => status && (status.services.find(({ name }) => name === 'kafka')?.state ?? status.stack),
  );
  const isUp = kafka === 'healthy' || kafka === 'unhealthy';
  // What was read stays when the stack goes down.
  const [wasUp, setWasUp] = useState(isUp);
  if (isUp && !wasUp) setWasUp(true);

  const openMessage = (place: MessagePlace): void => {
    setTab('messages');
    setOpened({ topic: usersTopic, partition: place.partition, offset: place.offset });
  };
  useAskedFor(openMessage, (place) => {
    setTab('letters');
    if (place) setLetter(place);
  });
  const produce = useAction(async (signal, kind: HandMadeKind) => {
    setSent(undefined);
    setSent({ kind, ...(await client.messages.produce({ kind }, { signal })) });
    setSentCount((count) => count + 1);
  });

  if (!wasUp) {
    return (
      <>
        <h1 className="hidden">{t('screens.frame.messages')}</h1>
        {kafka !== undefined && (
          <EmptyState
            icon={PowerOff}
            title={t('screens.messages.noStack')}
            text={t('screens.messages.noStackText')}
            action={{
              label: t('screens.messages.openLab'),
              onClick: () => navigation.setState({ screen: 'lab' }),
            }}
          />
        )}
      </>
    );
  }
  return (
    <>
      <h1 className="hidden">{t('screens.frame.messages')}</h1>
      <Tabs
        value={tab}
        onChange={(value) => setTab(value === 'letters' ? 'letters' : 'messages')}
        keepMounted={false}
        className={classes.tabs ?? ''}
        classNames={{ list: classes.list ?? '', panel: classes.panel ?? '' }}
      >
        <div className={classes.head}>
          <Tabs.List aria-label={t('screens.messages.tabs')}>
            <Tabs.Tab value="messages">{t('screens.messages.messages')}</Tabs.Tab>
            <Tabs.Tab value="letters" leftSection={<MailX size={15} aria-hidden />}>
              {t('screens.messages.letters')}
            </Tabs.Tab>
          </Tabs.List>
          <ProduceMenu onProduce={(kind) => void produce.run(kind)} isBusy={produce.isBusy} />
        </div>
        {produce.fault && <FaultNote fault={produce.fault} onClose={produce.clear} />}
        <div role="status" className={classes.told}>
          {sent && (
            <SentNote sent={sent} onOpen={() => openMessage(sent)} onClose={() => setSent(undefined)} />
          )}
        </div>
        <Tabs.Panel value="messages">
          <MessagesTab opened={opened} onOpened={setOpened} sentCount={sentCount} />
        </Tabs.Panel>
        <Tabs.Panel value="letters">
          <DeadLettersTab letter={letter} onLetter={setLetter} onOpenMessage={openMessage} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

/** Another screen asked for a message, for a letter or for the letters: opened once, then forgotten. */
function useAskedFor(
  onMessage: (place: MessagePlace) => void,
  onLetters: (place: MessagePlace | undefined) => void,
): void {
  const { navigation } = useModel();
  const message = useStore(navigation, (state) => state.message);
  const letter = useStore(navigation, (state) => state.letter);
  const wantsDeadLetters = useStore(navigation, (state) => state.wantsDeadLetters ?? false);
  useEffect(() => {
    if (message) onMessage(message);
    if (letter || wantsDeadLetters) onLetters(letter);
    if (message || letter || wantsDeadLetters)
      navigation.setState({ message: undefined, letter: undefined, wantsDeadLetters: undefined });
  });
}

interface SentNoteProps {
  sent: Sent;
  onOpen: () => void;
  onClose: () => void;
}

function SentNote({ sent: { kind, partition, offset }, onOpen, onClose }: SentNoteProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.sent}>
      <CircleCheck size={16} aria-hidden />
      <span>
        {t('screens.messages.sent', { name: t(`screens.messages.kinds.${kind}.name`), partition, offset })}
      </span>
      <Button size="compact-sm" variant="default" onClick={onOpen}>
        {t('screens.messages.openSent')}
      </Button>
      <ActionIcon variant="subtle" color="gray" aria-label={t('screens.frame.close')} onClick={onClose}>
        <X size={16} />
      </ActionIcon>
    </div>
  );
}
