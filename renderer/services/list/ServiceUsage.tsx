// What a service takes: uptime, CPU and memory, anew each second.
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { ServiceStatus } from '../../../words/stack.ts';
import { bytes, bytesWithin, span, whole } from '../../words/format.ts';
import classes from './ServiceList.module.css';
import { Sparkline } from './Sparkline.tsx';
import type { UsageState } from './use-usage.ts';

interface Props {
  service: ServiceStatus;
  usage: StoreApi<UsageState>;
}

export function ServiceUsage({
  service: { name, startedAt, readyMs, memoryLimitBytes: limit },
  usage,
}: Props) {
  const { t } = useTranslation();
  const frame = useStore(usage, (state) => state.frame);
  const samples = useStore(usage, (state) => state.samples[name]);
  const now = frame?.services.find((one) => one.name === name);
  const title = t(`services.${name}`);
  const since = now?.startedAt ?? startedAt;
  const memory = now && (limit === undefined ? bytes(now.memoryBytes) : bytesWithin(now.memoryBytes, limit));
  const most = limit === undefined ? '–' : t('screens.frame.upTo', { size: bytes(limit) });
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
        <span className={classes.number}>{memory ?? most}</span>
        {samples && (
          <Sparkline
            values={samples.memoryBytes}
            top={limit ?? Math.max(...samples.memoryBytes) * 1.25}
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
