// Each service on its way: what it does just now, how far it got, and whether it takes longer than usual.
import { Loader, Progress } from '@mantine/core';
import { Check, CircleDashed, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServiceStatus, StackStatus } from '../../../words/stack.ts';
import { span } from '../../words/format.ts';
import classes from './ServiceSteps.module.css';

/** A first answer comes within some seconds; fetching may take minutes, and shows that it goes on. */
const slowMs = 20_000;

export function ServiceSteps({ status }: { status: StackStatus }) {
  const { t } = useTranslation();
  return (
    <ul className={classes.steps} aria-live="polite">
      {status.services.map((service) => (
        <Step key={service.name} service={service} />
      ))}
      {status.notices.map((notice) => (
        <li key={JSON.stringify(notice)} className={classes.notice}>
          {notice.kind === 'java-other'
            ? t('notices.java-other', notice)
            : t('notices.port-moved', {
                service: t(`services.${notice.service}`),
                usual: String(notice.usual),
                port: String(notice.port),
              })}
        </li>
      ))}
    </ul>
  );
}

function Step({ service }: { service: ServiceStatus }) {
  const { t } = useTranslation();
  const { name, state, step, readyMs, address } = service;
  const isSlow = useIsSlow(`${state} ${step?.kind}`, state === 'starting' && step?.kind !== 'fetching');
  const word = (): string => {
    if (state === 'healthy' && readyMs !== undefined)
      return t('screens.lab.readyIn', { span: span(readyMs) });
    if (state !== 'starting' && state !== 'pulling') return t(`states.${state}`);
    if (!step) return t(`states.${state}`);
    switch (step.kind) {
      case 'fetching':
        return t('steps.fetching', { done: String(step.done), total: String(step.total) });
      case 'restarting':
        return t('steps.restarting', { attempt: String(step.attempt) });
      case 'checking':
      case 'launching':
      case 'answering':
        return t(`steps.${step.kind}`);
    }
  };
  return (
    <li className={classes.step} data-state={state}>
      <span className={classes.mark} aria-hidden>
        {state === 'healthy' && <Check size={18} />}
        {state === 'failed' && <TriangleAlert size={18} />}
        {(state === 'starting' || state === 'pulling' || state === 'stopping') && <Loader size={16} />}
        {(state === 'stopped' || state === 'absent') && <CircleDashed size={18} />}
      </span>
      <span className={classes.name}>{t(`services.${name}`)}</span>
      <span className={classes.word}>
        {word()}
        {isSlow && <em className={classes.slow}> · {t('screens.lab.slow')}</em>}
      </span>
      <span className={classes.address}>{state === 'healthy' ? address : ''}</span>
      {step?.kind === 'fetching' && (
        <Progress
          className={classes.progress ?? ''}
          size="sm"
          value={(step.done / Math.max(1, step.total)) * 100}
          aria-label={word()}
        />
      )}
    </li>
  );
}

/** Whether `key` has stayed the same for long, counted only while `counts`. */
function useIsSlow(key: string, counts: boolean): boolean {
  const [slowKey, setSlowKey] = useState<string>();
  useEffect(() => {
    if (!counts) return undefined;
    const timer = setTimeout(() => setSlowKey(key), slowMs);
    return () => clearTimeout(timer);
  }, [key, counts]);
  return counts && slowKey === key;
}
