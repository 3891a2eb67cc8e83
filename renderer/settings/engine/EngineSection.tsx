// The engines as a choice: which there are, why another is not, how much of Docker's stack, and the form of an external
// cluster.
import { Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EngineFinding } from '../../../words/services.ts';
import type { Settings } from '../../../words/settings.ts';
import type { EngineKind } from '../../../words/stack.ts';
import { useModel } from '../../model/model.ts';
import { useAction } from '../../model/use-action.ts';
import { AgainButton } from '../../parts/AgainButton.tsx';
import { FaultNote } from '../../parts/FaultNote.tsx';
import { ProfileChoice } from '../../parts/ProfileChoice.tsx';
import { faultWords } from '../../words/fault-words.ts';
import { Section } from '../Section.tsx';
import classes from './Engine.module.css';
import { ExternalForm } from './ExternalForm.tsx';

export function EngineSection({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const { client, settings: store } = useModel();
  const [found, setFound] = useState<readonly EngineFinding[]>();
  const {
    run: look,
    isBusy,
    fault,
  } = useAction(async (signal) => setFound(await client.engines.list(undefined, { signal })));
  useEffect(() => void look(), [look]);
  const [opened, setOpened] = useState<EngineKind>(settings.engine);
  const save = useAction(async (signal, patch: Partial<Settings>) =>
    store.setState({ settings: await client.settings.save(patch, { signal }) }),
  );
  const choose = (kind: EngineKind): void => {
    save.clear();
    setOpened(kind);
    // An external cluster needs its addresses first: its form saves both.
    if (kind !== 'external' && kind !== settings.engine) {
      void save.run({ engine: kind }).then((isSaved) => !isSaved && setOpened(settings.engine));
    }
  };
  const profiles = found?.find(({ kind }) => kind === 'docker')?.profiles;
  return (
    <Section
      title={t('screens.settings.engine')}
      hint={t('screens.settings.engineHint')}
      aside={<AgainButton label={t('screens.settings.look')} isBusy={isBusy} onClick={() => void look()} />}
    >
      {!found && isBusy && (
        <span className={classes.looking} role="status">
          <Loader size={14} /> {t('screens.settings.looking')}
        </span>
      )}
      {fault && <FaultNote fault={fault} />}
      <div className={classes.cards} role="radiogroup" aria-label={t('screens.settings.engine')}>
        {found?.map((finding) => (
          <EngineCard
            key={finding.kind}
            finding={finding}
            isChosen={finding.kind === opened}
            isInUse={finding.kind === settings.engine}
            onChoose={() => choose(finding.kind)}
          />
        ))}
      </div>
      {save.fault && <FaultNote fault={save.fault} onClose={save.clear} />}
      {opened === 'docker' && profiles && (
        <div className={classes.profiles}>
          <ProfileChoice
            profiles={profiles}
            chosen={settings.docker.profile}
            onChoose={(profile) => void save.run({ docker: { profile } })}
          />
          <p className={classes.secret}>{t('screens.settings.profileWhen')}</p>
        </div>
      )}
      {opened === 'external' && (
        <ExternalForm
          external={settings.external}
          isInUse={settings.engine === 'external'}
          onSaved={() => void look()}
        />
      )}
    </Section>
  );
}

interface CardProps {
  finding: EngineFinding;
  isChosen: boolean;
  isInUse: boolean;
  onChoose: () => void;
}

function EngineCard({ finding: { kind, detail, fault }, isChosen, isInUse, onChoose }: CardProps) {
  const { t } = useTranslation();
  // A cluster without an address is no failure: choosing it asks for one.
  const why = fault && fault.code !== 'INPUT_MISSING' ? faultWords(fault, t) : undefined;
  const isOff = kind !== 'external' && why !== undefined && !isInUse;
  return (
    <label className={classes.card} data-off={isOff}>
      <input
        type="radio"
        name="engine"
        className={classes.radio}
        checked={isChosen}
        disabled={isOff}
        onChange={onChoose}
      />
      <span className={classes.words}>
        <span className={classes.name}>
          {t(`screens.frame.engines.${kind}`)}
          {isInUse && <span className={classes.mark}>{t('screens.settings.inUse')}</span>}
          {isOff && <span className={classes.off}>{t('screens.settings.notHere')}</span>}
        </span>
        <span className={classes.text}>{t(`screens.settings.engineTexts.${kind}`)}</span>
        {detail !== '' && <code className={classes.detail}>{detail}</code>}
        {why && (
          <span className={classes.why}>
            {why.what} {why.next}
          </span>
        )}
      </span>
    </label>
  );
}
