// What the Schema Registry keeps of the record: its subject, and one of its versions to be read and copied.
import { Button, Select } from '@mantine/core';
import { FilePlus2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { SchemaSubject, SchemaVersion } from '../../../words/schemas.ts';
import { useModel } from '../../model/model.ts';
import { useAction } from '../../model/use-action.ts';
import { useLoaded } from '../../model/use-loaded.ts';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { FaultNote } from '../../parts/FaultNote.tsx';
import { whole } from '../../words/format.ts';
import classes from './Inspector.module.css';
import { Copied } from './service-facts.tsx';

export function RegistrySchema() {
  const { t } = useTranslation();
  const { client, stack } = useModel();
  const state = useStore(
    stack,
    ({ status }) => status?.services.find(({ name }) => name === 'schema-registry')?.state,
  );
  const isComing = state === 'starting' || state === 'pulling';
  const { loaded, isLoading, reload } = useLoaded(isComing ? undefined : `${state}`, (signal) =>
    client.schemas.read(undefined, { signal }),
  );
  if (isComing) return <p className={classes.empty}>{t('screens.lab.schema.starting')}</p>;
  if (loaded.status === 'loading') return <p className={classes.empty}>{t('screens.frame.loading')}</p>;
  if (loaded.status === 'failed')
    return (
      <FaultNote fault={loaded.fault} action={{ label: t('screens.frame.tryAgain'), onClick: reload }} />
    );
  const [newest] = loaded.value.versions;
  return newest ? (
    <Versions subject={loaded.value} newest={newest} />
  ) : (
    <NoVersion subject={loaded.value} isLoading={isLoading} onRegistered={reload} />
  );
}

interface NoVersionProps {
  subject: SchemaSubject;
  isLoading: boolean;
  onRegistered: () => void;
}

function NoVersion({ subject: { subject }, isLoading, onRegistered }: NoVersionProps) {
  const { t } = useTranslation();
  const { client } = useModel();
  const register = useAction(async () => {
    await client.schemas.register();
    onRegistered();
  });
  return (
    <div className={classes.buttons}>
      <p className={classes.about}>{t('screens.lab.schema.none', { subject })}</p>
      <Button
        leftSection={<FilePlus2 size={15} aria-hidden />}
        loading={register.isBusy || isLoading}
        onClick={() => void register.run()}
      >
        {t('screens.frame.actions.schemas.register')}
      </Button>
      {register.fault && <FaultNote fault={register.fault} onClose={register.clear} />}
    </div>
  );
}

function Versions({ subject, newest }: { subject: SchemaSubject; newest: SchemaVersion }) {
  const { t } = useTranslation();
  const { versions, total, compatibility } = subject;
  const [chosen, setChosen] = useState<string>();
  const shown = versions.find(({ version }) => String(version) === chosen) ?? newest;
  const text = laidOut(shown.schema);
  return (
    <>
      <dl className={classes.facts}>
        <div>
          <dt>{t('screens.lab.schema.subject')}</dt>
          <dd>
            <Copied value={subject.subject} />
          </dd>
        </div>
        <div>
          <dt>{t('screens.lab.schema.compatibility')}</dt>
          <dd>{compatibility ?? '–'}</dd>
        </div>
        <div>
          <dt>{t('screens.lab.schema.version')}</dt>
          <dd>
            {versions.length === 1 ? (
              shown.version
            ) : (
              <Select
                size="xs"
                className={classes.version ?? ''}
                aria-label={t('screens.lab.schema.version')}
                allowDeselect={false}
                value={String(shown.version)}
                onChange={(value) => setChosen(value ?? undefined)}
                data={versions.map(({ version }) => String(version))}
              />
            )}
            {total > 1 && (
              <span className={classes.of}>
                {t('screens.lab.schema.ofVersions', { total: whole(total) })}
              </span>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('screens.lab.schema.id')}</dt>
          <dd>{shown.id}</dd>
        </div>
        <div>
          <dt>{t('screens.lab.schema.type')}</dt>
          <dd>{shown.type}</dd>
        </div>
      </dl>
      <div className={classes.schemaHead}>
        <h3 className={classes.heading}>{t('screens.lab.schema.title')}</h3>
        <CopyButton value={text} label={t('screens.lab.schema.title')} />
      </div>
      {/* Scrolls sideways, so it takes the focus. */}
      <pre className={classes.schema} tabIndex={0} role="region" aria-label={t('screens.lab.schema.title')}>
        {text}
      </pre>
    </>
  );
}

/** JSON with a line for each part; every other schema as it is. */
function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
