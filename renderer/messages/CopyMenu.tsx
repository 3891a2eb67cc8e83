// What of a message can be copied.
import { Button, Menu } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Check, Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../words/messages.ts';

interface Props {
  message: MessageView;
  /** `topic/partition/offset`. */
  place: string;
}

export function CopyMenu({ message, place }: Props) {
  const { t } = useTranslation();
  const { copied, copy } = useClipboard({ timeout: 1_500 });
  const { key, value } = message;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
        >
          <span aria-live="polite">{t(copied ? 'screens.frame.copied' : 'screens.frame.copy')}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled={value === null} onClick={() => copy(value?.content)}>
          {t('screens.messages.copyValue')}
        </Menu.Item>
        <Menu.Item disabled={key === null} onClick={() => copy(key?.content)}>
          {t('screens.messages.copyKey')}
        </Menu.Item>
        <Menu.Item onClick={() => copy(JSON.stringify(message, null, 2))}>
          {t('screens.messages.copyJson')}
        </Menu.Item>
        <Menu.Item onClick={() => copy(place)}>{t('screens.messages.copyPlace')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
