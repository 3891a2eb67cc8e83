// A fault where it happened: what happened, what to do, and the evidence one click away.
import { ActionIcon, Button } from '@mantine/core';
import { TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Fault } from '../../words/errors.ts';
import { useModel } from '../model/model.ts';
import { faultWords } from '../words/fault-words.ts';
import { CopyButton } from './CopyButton.tsx';
import classes from './FaultNote.module.css';

interface Props {
  fault: Fault;
  /** `attention` for what passes by itself, `bad` for what does not. */
  tone?: 'attention' | 'bad';
  onClose?: (() => void) | undefined;
  /** What mends it, such as *try again*. */
  action?: { label: string; onClick: () => void } | undefined;
}

export function FaultNote({ fault, tone = 'bad', onClose, action }: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const logFile = useStore(useModel().host, ({ info }) => info?.logFile);
  const { what, next } = faultWords(fault, t);
  const evidence = `${fault.code} ${JSON.stringify(fault.params)}`;
  return (
    <div className={classes.note} data-tone={tone} role="alert">
      <TriangleAlert size={18} aria-hidden className={classes.mark} />
      <div className={classes.text}>
        <div className={classes.what}>{what}</div>
        <div>{next}</div>
        {isOpen && (
          <div className={classes.evidence}>
            <code>{evidence}</code>
            {logFile && <code>{logFile}</code>}
            <CopyButton value={[what, next, evidence, logFile].filter(Boolean).join('\n')} />
          </div>
        )}
        <div className={classes.buttons}>
          {action && (
            <Button size="compact-sm" variant="default" onClick={action.onClick}>
              {action.label}
            </Button>
          )}
          <button
            type="button"
            className={classes.more}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {t(isOpen ? 'screens.frame.hideDetails' : 'screens.frame.details')}
          </button>
        </div>
      </div>
      {onClose && (
        <ActionIcon variant="subtle" color="gray" aria-label={t('screens.frame.close')} onClick={onClose}>
          <X size={16} />
        </ActionIcon>
      )}
    </div>
  );
}
