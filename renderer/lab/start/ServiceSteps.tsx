// Each service on its way: what it does just now, how far it got, and whether it takes longer than usual.
import { Loader, Progress } from '@mantine/core';
import { Check, CircleDashed, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EngineKind, ServiceState, ServiceStatus, StackStatus } from '../../../words/stack.ts';
import { faultWords } from '../../words/fault-words.ts';
import { bytes, percent, span } from '../../words/format.ts';
import { noticeWords, portionOf, stepWords } from '../../words/step-words.ts';
import { PullSum } from './PullSum.tsx';
import classes from './ServiceSteps.module.css';

/** What is usual until a first answer, and between two bytes of an image. */
const slowMs: Record<EngineKind, number> = { embedded: 20_000, docker: 60_000, external: 20_000 };
/** More than these stand closer together. */
const roomyCount = 4;

export function ServiceSteps({ status: { engine, services, notices } }: { status: StackStatus }) {
  const { t } = useTranslation();
  return (
    <>
      <PullSum services={services} />
      <ul className={classes.steps} aria-live="polite" data-dense={services.length > roomyCount}>
        {services.map((service) => (
          <Step key={service.name} service={service} slowMs={slowMs[engine]} />
        ))}
        {notices.map((notice) => (
          <li key={JSON.stringify(notice)} className={classes.notice}>
            {noticeWords(notice, t)}
          </li>
        ))}
      </ul>
    </>
  );
}

function Step({ service, slowMs: usualMs }: { service: ServiceStatus; slowMs: number }) {
  const { t } = useTranslation();
  const { name, state, step, readyMs, address, said, fault } = service;
  const isSlow = useIsSlow(paceOf(service), usualMs);
  const isMoving = state === 'starting' || state === 'pulling';
  const word = (): string => {
    if (state === 'healthy' && readyMs !== undefined)
      return t('screens.lab.readyIn', { span: span(readyMs) });
    return isMoving && step ? stepWords(step, t) : t(`states.${state}`);
  };
  const portion = isMoving ? portionOf(step) : undefined;
  const isBad = state === 'failed' || state === 'unhealthy';
  // A check that fails while its service starts is as it should be; later on it tells why.
  const evidence = fault ? faultWords(fault, t).what : isSlow || isBad ? said : undefined;
  return (
    <li className={classes.step} data-state={state}>
      <span className={classes.mark} aria-hidden>
        <Mark state={state} />
      </span>
      <span className={classes.name}>{t(`services.${name}`)}</span>
      <span className={classes.word}>
        {word()}
        {isSlow && <em className={classes.slow}> · {t('screens.lab.slow')}</em>}
      </span>
      <span className={classes.amount} aria-live="off">
        {state === 'healthy' ? address : isMoving && <Amount service={service} />}
      </span>
      {portion !== undefined && (
        <Progress
          className={classes.progress ?? ''}
          size={3}
          value={portion * 100}
          aria-label={`${t(`services.${name}`)}: ${word()}`}
        />
      )}
      {evidence !== undefined && <span className={classes.evidence}>{evidence}</span>}
    </li>
  );
}

function Mark({ state }: { state: ServiceState }) {
  switch (state) {
    case 'healthy':
      return <Check size={18} />;
    case 'failed':
    case 'unhealthy':
      return <TriangleAlert size={18} />;
    case 'starting':
    case 'pulling':
    case 'stopping':
      return <Loader size={16} />;
    case 'stopped':
    case 'absent':
      return <CircleDashed size={18} />;
  }
}

/** How much of its image has come. */
function Amount({ service: { step } }: { service: ServiceStatus }) {
  const { t } = useTranslation();
  if (step?.kind !== 'pulling' || step.total === 0) return null;
  const { done, total } = step;
  return `${percent(done / total)} · ${t('screens.lab.portion', { done: bytes(done), total: bytes(total) })}`;
}

/**
 * What has to change for a service not to be slow; undefined while nothing need change: who waits for another is not
 * slow, and who fetches or builds shows by itself that it goes on.
 */
function paceOf({ state, step }: ServiceStatus): string | undefined {
  if (state !== 'starting' && state !== 'pulling') return undefined;
  if (step && ['fetching', 'building', 'waiting'].includes(step.kind)) return undefined;
  return `${state} ${step?.kind} ${step?.kind === 'pulling' ? step.done : ''}`;
}

/** Whether `pace` has stayed the same for longer than that. */
function useIsSlow(pace: string | undefined, usualMs: number): boolean {
  const [slowPace, setSlowPace] = useState<string>();
  useEffect(() => {
    if (pace === undefined) return undefined;
    const timer = setTimeout(() => setSlowPace(pace), usualMs);
    return () => clearTimeout(timer);
  }, [pace, usualMs]);
  return pace !== undefined && slowPace === pace;
}
