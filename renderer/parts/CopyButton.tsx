// Copies a text, and says so for a moment.
import { ActionIcon, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Check, Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';

interface Props {
  value: string;
  /** What is copied, for its accessible name. */
  label?: string;
}

export function CopyButton({ value, label }: Props) {
  const { t } = useTranslation();
  const { copied, copy } = useClipboard({ timeout: 1_500 });
  const name = copied ? t('screens.frame.copied') : t('screens.frame.copy');
  return (
    <Tooltip label={name} openDelay={400}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={label === undefined ? name : `${name}: ${label}`}
        onClick={() => copy(value)}
      >
        {copied ? <Check size={14} /> : <Copy size={14} />}
      </ActionIcon>
    </Tooltip>
  );
}
