// One service: how it is and how that is known, what it takes, where it is reached, and its buttons.
import { ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { StoreApi } from 'zustand/vanilla';
import type { EngineKind, ServiceStatus } from '../../../words/stack.ts';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { FaultNote } from '../../parts/FaultNote.tsx';
import { StateDot } from '../../parts/StateDot.tsx';
import { percent } from '../../words/format.ts';
import { portionOf, stepWords } from '../../words/step-words.ts';
import { ServiceButtons } from './ServiceButtons.tsx';
import classes from './ServiceList.module.css';
import { ServiceUsage } from './ServiceUsage.tsx';
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
  const { name, state, version, image, said, fault } = service;
  const title = t(`services.${name}`);
  const words = useStateWords(service, engine);
  return (
    <li className={classes.service} aria-label={title}>
      <div className={classes.row}>
        <div className={classes.name}>
          <strong>{title}</strong>
          {image === undefined ? (
            <span className={classes.small}>{version ?? '–'}</span>
          ) : (
            <Image image={image} />
          )}
        </div>
        <div className={classes.state}>
          <StateDot state={state} />
          <span className={classes.small} title={words}>
            {words}
          </span>
        </div>
        <ServiceUsage service={service} usage={usage} />
        <Reach service={service} title={title} />
        <ServiceButtons service={service} engine={engine} isUp={isUp} title={title} />
      </div>
      {said !== undefined && state !== 'healthy' && !fault && (
        <code className={classes.said}>{t('screens.services.said', { said })}</code>
      )}
      {fault && <FaultNote fault={fault} />}
    </li>
  );
}

function Image({ image }: { image: string }) {
  const tag = /:[^:/]*$/.exec(image)?.[0] ?? '';
  return (
    <span className={classes.image} title={image}>
      <span>{image.slice(0, image.length - tag.length)}</span>
      <span>{tag}</span>
    </span>
  );
}

/** What it does on its way; once it is there, what its check asks. */
function useStateWords({ name, state, step }: ServiceStatus, engine: EngineKind): string {
  const { t } = useTranslation();
  if (step) {
    const portion = step.kind === 'pulling' ? portionOf(step) : undefined;
    return `${portion === undefined ? '' : `${percent(portion)} · `}${stepWords(step, t)}`;
  }
  if (state !== 'healthy') return '';
  if (engine === 'docker') return t(`screens.services.containerChecks.${name}`);
  return name === 'kafka' || name === 'cassandra' ? t(`screens.services.checks.${name}`) : '';
}

interface ReachProps {
  service: ServiceStatus;
  title: string;
}

/** Its address, its own page, and the process or container behind them. */
function Reach({ service: { address, page, pid, container }, title }: ReachProps) {
  const { t } = useTranslation();
  const behind = container ?? (pid === undefined ? undefined : t('screens.services.pid', { pid }));
  return (
    <div className={classes.address}>
      {address === '' ? (
        <span className={classes.small}>–</span>
      ) : (
        <span className={classes.copied}>
          <code>{address}</code>
          <CopyButton value={address} label={t('screens.services.address')} />
          {page !== undefined && (
            <a
              className={classes.page}
              href={page}
              target="_blank"
              rel="noreferrer"
              title={page}
              aria-label={t('screens.services.openPage', { service: title })}
            >
              <ExternalLink size={14} aria-hidden />
            </a>
          )}
        </span>
      )}
      {behind !== undefined && (
        <span className={classes.small} title={behind}>
          {behind}
        </span>
      )}
    </div>
  );
}
