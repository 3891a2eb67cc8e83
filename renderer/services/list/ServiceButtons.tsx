// What can be done with a service: start it, restart it, stop it; or why not.
import { ActionIcon, Tooltip } from '@mantine/core';
import { Play, RotateCcw, Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { EngineKind, ServiceStatus } from '../../../words/stack.ts';
import { useModel } from '../../model/model.ts';
import { isOneShot } from '../../model/stack-state.ts';
import { useAction } from '../../model/use-action.ts';
import { FaultNote } from '../../parts/FaultNote.tsx';
import classes from './ServiceList.module.css';

interface Props {
  service: ServiceStatus;
  engine: EngineKind;
  isUp: boolean;
  title: string;
}

export function ServiceButtons({ service: { name, state }, engine, isUp, title }: Props) {
  const { t } = useTranslation();
  const { client } = useModel();
  const restart = useAction((signal) => client.services.restart({ service: name }, { signal }));
  const stop = useAction((signal) => client.services.stop({ service: name }, { signal }));
  const isStopped = state === 'stopped' || state === 'failed' || state === 'absent';
  const isMoving = state === 'starting' || state === 'stopping' || state === 'pulling';
  const isExternal = engine === 'external';
  const why = isExternal
    ? t('screens.services.external')
    : isUp
      ? undefined
      : t('screens.services.startWithLab');
  const isOff = why !== undefined || isMoving || restart.isBusy || stop.isBusy;
  const again = (
    <Press
      label={t(isStopped ? 'screens.services.start' : 'screens.services.restart', { service: title })}
      why={why}
      isOff={isOff}
      isBusy={restart.isBusy}
      onClick={() => void restart.run()}
    >
      {isStopped ? <Play size={16} /> : <RotateCcw size={16} />}
    </Press>
  );
  const fault = restart.fault ?? stop.fault;
  // What does its work and ends is started with what needs it.
  if (isOneShot(name)) return null;
  return (
    <>
      <div className={classes.buttons}>
        {again}
        {!isStopped && (
          <Press
            label={t('screens.services.stop', { service: title })}
            why={why}
            isOff={isOff}
            isBusy={stop.isBusy}
            onClick={() => void stop.run()}
          >
            <Square size={14} />
          </Press>
        )}
      </div>
      {fault && (
        <div className={classes.fault}>
          <FaultNote fault={fault} onClose={restart.fault ? restart.clear : stop.clear} />
        </div>
      )}
    </>
  );
}

interface PressProps {
  label: string;
  /** Why it cannot be pressed, where that is not plain. */
  why: string | undefined;
  isOff: boolean;
  isBusy: boolean;
  onClick: () => void;
  children: React.ReactNode;
}

/** `aria-disabled` instead of `disabled`: what cannot be pressed can still say why. */
function Press({ label, why, isOff, isBusy, onClick, children }: PressProps) {
  return (
    <Tooltip label={why ?? label}>
      <ActionIcon
        variant="default"
        size={32}
        aria-label={label}
        aria-disabled={isOff}
        {...(isOff && { 'data-disabled': true })}
        loading={isBusy}
        onClick={() => !isOff && onClick()}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
