// One service: how it is and how that is known, what it takes, where it is reached, and its buttons.
import { ActionIcon, Tooltip } from '@mantine/core';
import { Play, RotateCcw, Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { EngineKind, ServiceStatus } from '../../../words/stack.ts';
import { useModel } from '../../model/model.ts';
import { useAction } from '../../model/use-action.ts';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { FaultNote } from '../../parts/FaultNote.tsx';
import { StateDot } from '../../parts/StateDot.tsx';
import { bytes, span, whole } from '../../words/format.ts';
import classes from './ServiceList.module.css';
import { Sparkline } from './Sparkline.tsx';
import type { UsageState } from './use-usage.ts';

interface Props {
  service: ServiceStatus;
  engine: EngineKind;
  /** Whether the stack as a whole is up: else services come with it. */
  isUp: boolean;
  usage: StoreApi<UsageState>;
}

export function ServiceRow({ service, engine, isUp, usage }: Props) {
  const { t } = useTranslation();
  const { name, state, address, pid, version, fault } = service;
  const title = t(`services.${name}`);
  return (
    <li className={classes.service} aria-label={title}>
      <div className={classes.row}>
        <div className={classes.name}>
          <strong>{title}</strong>
          <span className={classes.small}>{version ?? '–'}</span>
        </div>
        <div className={classes.state}>
          <StateDot state={state} />
          <span className={classes.small}>
            <StateWords service={service} />
          </span>
        </div>
        <Taken service={service} usage={usage} />
        <div className={classes.address}>
          {address === '' ? (
            <span className={classes.small}>–</span>
          ) : (
            <span className={classes.copied}>
              <code>{address}</code>
              <CopyButton value={address} label={t('screens.services.address')} />
            </span>
          )}
          {pid !== undefined && <span className={classes.small}>{t('screens.services.pid', { pid })}</span>}
        </div>
        <Buttons service={service} engine={engine} isUp={isUp} title={title} />
      </div>
      {fault && <FaultNote fault={fault} />}
    </li>
  );
}

function StateWords({ service: { name, state, step } }: { service: ServiceStatus }) {
  const { t } = useTranslation();
  if (step) return t(`steps.${step.kind}`, { ...step });
  return state === 'healthy' ? t(`screens.services.checks.${name}`) : null;
}

/** Uptime, CPU and memory, anew each second. */
function Taken({
  service: { name, startedAt, readyMs },
  usage,
}: {
  service: ServiceStatus;
  usage: StoreApi<UsageState>;
}) {
  const { t } = useTranslation();
  const frame = useStore(usage, (state) => state.frame);
  const samples = useStore(usage, (state) => state.samples[name]);
  const now = frame?.services.find((one) => one.name === name);
  const title = t(`services.${name}`);
  const since = now?.startedAt ?? startedAt;
  return (
    <>
      <div className={classes.state}>
        <span className={classes.number}>
          {now && since !== undefined ? uptime(Date.now() - since) : '–'}
        </span>
        {now && readyMs !== undefined && (
          <span className={classes.small}>{t('screens.services.readyIn', { span: span(readyMs) })}</span>
        )}
      </div>
      <div className={classes.taken}>
        <span className={classes.number}>{now ? `${whole(now.cpuPercent)} %` : '–'}</span>
        {samples && (
          <Sparkline
            values={samples.cpuPercent}
            top={100}
            label={t('screens.services.cpuOf', { name: title })}
          />
        )}
      </div>
      <div className={classes.taken}>
        <span className={classes.number}>{now ? bytes(now.memoryBytes) : '–'}</span>
        {samples && (
          <Sparkline
            values={samples.memoryBytes}
            top={Math.max(...samples.memoryBytes) * 1.25}
            label={t('screens.services.memoryOf', { name: title })}
          />
        )}
      </div>
    </>
  );
}

/** In whole seconds: it changes with each of them. */
function uptime(ms: number): string {
  return span(Math.max(1_000, Math.floor(ms / 1_000) * 1_000));
}

interface ButtonsProps {
  service: ServiceStatus;
  engine: EngineKind;
  isUp: boolean;
  title: string;
}

function Buttons({ service: { name, state }, engine, isUp, title }: ButtonsProps) {
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
