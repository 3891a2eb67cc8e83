// The engines as cards: the one that will run, and why another cannot.
import { useTranslation } from 'react-i18next';
import { useModel } from '../../model/model.ts';
import { useLoaded } from '../../model/use-loaded.ts';
import { useSettings } from '../../model/use-settings.ts';
import { faultWords } from '../../words/fault-words.ts';
import classes from './EngineCards.module.css';

/** `isFaultBelow`: what keeps the chosen one from starting is said under the cards already. */
export function EngineCards({ isFaultBelow }: { isFaultBelow: boolean }) {
  const { t } = useTranslation();
  const { client } = useModel();
  const { settings, save } = useSettings();
  // Asked anew each time the panel is shown: an engine may have been installed or started meanwhile.
  const { loaded } = useLoaded('engines', (signal) => client.engines.list(undefined, { signal }));
  const engines = loaded.status === 'loaded' ? loaded.value : [];
  const chosen = settings?.engine ?? 'embedded';
  // An own cluster is set up in Settings; here it is only shown where it was chosen.
  const kinds =
    chosen === 'external' ? (['embedded', 'docker', 'external'] as const) : (['embedded', 'docker'] as const);
  return (
    <div className={classes.cards} role="radiogroup" aria-label={t('screens.lab.chooseEngine')}>
      {kinds.map((kind) => {
        const found = engines.find((engine) => engine.kind === kind);
        const fault = isFaultBelow && kind === chosen ? undefined : found?.fault;
        const canRun = kind !== 'docker' && (found?.fault === undefined || kind === chosen);
        return (
          <button
            key={kind}
            type="button"
            role="radio"
            aria-checked={kind === chosen}
            aria-disabled={!canRun}
            className={classes.card}
            onClick={() => {
              if (kind !== 'docker' && canRun) save({ engine: kind });
            }}
          >
            <span className={classes.name}>{t(`screens.frame.engines.${kind}`)}</span>
            <span className={classes.about}>{t(`screens.lab.${kind}Text`)}</span>
            <span className={classes.detail} data-fault={fault !== undefined}>
              {fault ? faultWords(fault, t).what : found?.detail}
            </span>
          </button>
        );
      })}
    </div>
  );
}
