// One message sent by hand: a good one, or one of the ways in which messages are bad. Says what will become of it.
import { Button, Menu } from '@mantine/core';
import { ChevronDown, Send } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { handMadeKinds, type HandMadeKind } from '../../words/browse.ts';
import { usersTopic } from '../../words/users.ts';
import classes from './ProduceMenu.module.css';

interface Props {
  onProduce: (kind: HandMadeKind) => void;
  isBusy: boolean;
}

export function ProduceMenu({ onProduce, isBusy }: Props) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" width={360}>
      <Menu.Target>
        <Button
          variant="default"
          size="sm"
          loading={isBusy}
          leftSection={<Send size={14} aria-hidden />}
          rightSection={<ChevronDown size={14} aria-hidden />}
        >
          {t('screens.messages.produce')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('screens.messages.produceHint', { topic: usersTopic })}</Menu.Label>
        {handMadeKinds.map((kind) => (
          <Menu.Item key={kind} onClick={() => onProduce(kind)}>
            <span className={classes.name}>{t(`screens.messages.kinds.${kind}.name`)}</span>
            <span className={classes.becomes}>{t(`screens.messages.kinds.${kind}.becomes`)}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
