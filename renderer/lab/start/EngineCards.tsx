// The engines as cards: the one that will run, and why another cannot. Below Docker's, how much of its stack.
import { useTranslation } from 'react-i18next';
import { useModel } from '../../model/model.ts';
import { useLoaded } from '../../model/use-loaded.ts';
import { useSettings } from '../../model/use-settings.ts';
import { AgainButton } from '../../parts/AgainButton.tsx';
import { ProfileChoice } from '../../parts/ProfileChoice.tsx';
import { faultWords } from '../../words/fault-words.ts';
import classes from './EngineCards.module.css';

/** `isFaultBelow`: what keeps the chosen one from starting is said under the cards already. */
export function EngineCards({ isFaultBelow }: { isFaultBelow: boolean }) {
  const { t } = useTranslation();
  const { client } = useModel();
  const { settings, save } = useSettings();
  // Asked anew each time the panel is shown: an engine may have been installed or started meanwhile.
  const { loaded, isLoading, reload } = useLoaded('engines', (signal) =>
    client.engines.list(undefined, { signal }),
  );
  const engines = loaded.status === 'loaded' ? loaded.value : [];
  const chosen = settings?.engine ?? 'embedded';
  // An own cluster is set up in Settings; here it is only shown where it was chosen.
  const kinds =
    chosen === 'external' ? (['embedded', 'docker', 'external'] as const) : (['embedded', 'docker'] as const);
  const profiles = chosen === 'docker' ? engines.find(({ kind }) => kind === 'docker')?.profiles : undefined;
  const isAnyAway = engines.some(({ kind, fault }) => kind !== 'external' && fault !== undefined);
  return (
    <>
      <div className={classes.cards} role="radiogroup" aria-label={t('screens.lab.chooseEngine')}>
        {kinds.map((kind) => {
          const found = engines.find((engine) => engine.kind === kind);
          const fault = isFaultBelow && kind === chosen ? undefined : found?.fault;
          const words = fault && faultWords(fault, t);
          const canRun = kind === chosen || (found !== undefined && found.fault === undefined);
          return (
            <button
              key={kind}
              type="button"
              role="radio"
              aria-checked={kind === chosen}
              aria-disabled={!canRun}
              className={classes.card}
              onClick={() => {
                if (canRun) save({ engine: kind });
              }}
            >
              <span className={classes.name}>{t(`screens.frame.engines.${kind}`)}</span>
              <span className={classes.about}>{t(`screens.lab.${kind}Text`)}</span>
              <span className={classes.detail} data-fault={words !== undefined}>
                {words ? `${words.what} ${words.next}` : found?.detail}
              </span>
            </button>
          );
        })}
      </div>
      {isAnyAway && (
        <div className={classes.look}>
          <AgainButton label={t('screens.settings.look')} isBusy={isLoading} onClick={reload} />
        </div>
      )}
      {profiles && settings && (
        <ProfileChoice
          profiles={profiles}
          chosen={settings.docker.profile}
          onChoose={(profile) => save({ engine: 'docker', docker: { profile } })}
        />
      )}
    </>
  );
}
