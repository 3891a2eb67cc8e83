// How a reading goes: what it is doing, how far it got, and the buttons that change it.
import { Button, Progress } from '@mantine/core';
import { Pause, RotateCw, StepForward, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { sessionRows } from '../../words/browse.ts';
import { whole } from '../words/format.ts';
import type { Reading, ReadingPhase } from './reading.ts';
import classes from './ReadingBar.module.css';

interface Props {
  reading: Reading;
  onAgain: () => void;
}

export function ReadingBar({ reading, onAgain }: Props) {
  const { t } = useTranslation();
  const { phase, scanned, total, matched, skipped, isFollowing, hasGap } = useStore(reading.store);
  const isPaused = phase.status === 'live' && !isFollowing;
  const state = isPaused ? 'paused' : phase.status;
  return (
    <div className={classes.bar}>
      <div className={classes.facts}>
        <span className={classes.state} data-state={state} role="status">
          {t(`screens.messages.states.${state}`)}
        </span>
        <span className={classes.scanned}>
          {t('screens.messages.scanned', {
            scanned: whole(scanned),
            total: whole(total),
            matched: whole(matched),
          })}
        </span>
        {phase.status === 'reading' && (
          <Progress
            className={classes.progress ?? ''}
            size="sm"
            value={total === 0 ? 0 : (scanned / total) * 100}
            aria-label={t('screens.messages.progress')}
          />
        )}
        {skipped > 0 && (
          <span className={classes.attention}>
            {t('screens.messages.skipped', { count: whole(skipped) })}
          </span>
        )}
        {hasGap && <span className={classes.attention}>{t('screens.messages.gap')}</span>}
      </div>
      <Buttons reading={reading} state={state} onAgain={onAgain} />
    </div>
  );
}

interface ButtonsProps extends Props {
  state: ReadingPhase['status'] | 'paused';
}

function Buttons({ reading, state, onAgain }: ButtonsProps) {
  const { t } = useTranslation();
  const look = { size: 'compact-sm', variant: 'default' } as const;
  switch (state) {
    case 'opening':
    case 'reading':
    case 'waiting':
      return (
        <Button {...look} leftSection={<X size={14} aria-hidden />} onClick={() => reading.cancel()}>
          <span className={classes.word}>{t('screens.messages.cancel')}</span>
        </Button>
      );
    case 'live':
      return (
        <Button {...look} leftSection={<Pause size={14} aria-hidden />} onClick={() => reading.pause()}>
          <span className={classes.word}>{t('screens.messages.pause')}</span>
        </Button>
      );
    case 'full':
      return (
        <Button
          {...look}
          variant="filled"
          leftSection={<StepForward size={14} aria-hidden />}
          onClick={() => reading.resume()}
        >
          {t('screens.messages.resume', { count: whole(sessionRows) })}
        </Button>
      );
    case 'done':
    case 'cancelled':
      return (
        <Button {...look} leftSection={<RotateCw size={14} aria-hidden />} onClick={onAgain}>
          <span className={classes.word}>{t('screens.messages.again')}</span>
        </Button>
      );
    // A pause has its button where it is seen, over the list; a failure has its own in its note.
    case 'paused':
    case 'failed':
      return null;
  }
}
