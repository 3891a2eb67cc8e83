// What the stack and the app take together, and what the machine has.
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { bytes, span, whole } from '../../words/format.ts';
import classes from './UsageBar.module.css';
import type { UsageState } from './use-usage.ts';

export function UsageBar({ usage }: { usage: StoreApi<UsageState> }) {
  const { t } = useTranslation();
  const frame = useStore(usage, (state) => state.frame);
  if (!frame) return <div className={classes.bar} aria-busy />;
  const { services, app, machine } = frame;
  const stackMemory = services.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
  const stackCpu = services.reduce((sum, { cpuPercent }) => sum + cpuPercent, 0);
  const used = machine.memoryBytes - machine.freeBytes;
  const share = (size: number): string => `${Math.min(100, (size / machine.memoryBytes) * 100)}%`;
  const others = Math.max(0, used - stackMemory - app.memoryBytes);
  return (
    <section className={classes.bar} aria-label={t('screens.services.takes')}>
      <Part name={t('screens.services.stackTakes')} part="stack">
        {bytes(stackMemory)} · {whole(stackCpu)} % CPU
      </Part>
      <Part name={t('screens.services.appTakes')} part="app">
        {bytes(app.memoryBytes)} · {whole(app.cpuPercent)} % CPU ·{' '}
        {t('screens.services.loopDelay', { span: span(app.loopDelayP99Ms) })}
      </Part>
      <Part name={t('screens.services.machine')} part="machine">
        {t('screens.services.ofMachine', { used: bytes(used), total: bytes(machine.memoryBytes) })} ·{' '}
        {t('screens.services.cores', { count: machine.cpus })}
      </Part>
      <div className={classes.meter} aria-hidden>
        <span data-part="stack" style={{ width: share(stackMemory) }} />
        <span data-part="app" style={{ width: share(app.memoryBytes) }} />
        <span data-part="machine" style={{ width: share(others) }} />
      </div>
    </section>
  );
}

function Part({ name, part, children }: { name: string; part: string; children: React.ReactNode }) {
  return (
    <div className={classes.part}>
      <span className={classes.key} data-part={part} aria-hidden />
      <span className={classes.name}>{name}</span>
      <span className={classes.value}>{children}</span>
    </div>
  );
}
