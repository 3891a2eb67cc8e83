// A run card's foot: what went wrong, how the run goes, and the button that starts or stops it.
import { Button } from '@mantine/core';
import { Play, Square } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Action } from '../model/use-action.ts';
import { FaultNote } from '../parts/FaultNote.tsx';
import classes from './RunCard.module.css';

interface Props {
  isRunning: boolean;
  start: Action<[]>;
  stop: Action<[]>;
  startLabel: string;
  stopLabel: string;
  /** Stands beside the button. */
  aside?: ReactNode;
  /** How the run goes. */
  children: ReactNode;
}

export function RunFoot({ isRunning, start, stop, startLabel, stopLabel, aside, children }: Props) {
  const fault = start.fault ?? stop.fault;
  const forget = (): void => {
    start.clear();
    stop.clear();
  };
  return (
    <div className={classes.foot}>
      {fault && <FaultNote fault={fault} onClose={forget} />}
      {children}
      <div className={classes.buttons}>
        {isRunning ? (
          <Button
            variant="default"
            leftSection={<Square size={14} aria-hidden />}
            loading={stop.isBusy}
            onClick={() => void stop.run()}
          >
            {stopLabel}
          </Button>
        ) : (
          <Button
            leftSection={<Play size={16} aria-hidden />}
            loading={start.isBusy}
            onClick={() => void start.run()}
          >
            {startLabel}
          </Button>
        )}
        {aside}
      </div>
    </div>
  );
}
