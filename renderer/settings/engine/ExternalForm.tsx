// The form of an external cluster: addresses, who we are, what may be created. Try asks both who they are.
import { Button, NumberInput, PasswordInput, Switch, TextInput } from '@mantine/core';
import { CircleCheck } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExternalSettings, Secrets } from '../../../words/settings.ts';
import { useModel } from '../../model/model.ts';
import { useAction } from '../../model/use-action.ts';
import { FaultNote } from '../../parts/FaultNote.tsx';
import classes from './Engine.module.css';

interface Props {
  external: ExternalSettings;
  isInUse: boolean;
  onSaved: () => void;
}

/** `host:port`, one or several. */
const addresses = /^\s*[^\s,:]+:\d{1,5}\s*(,\s*[^\s,:]+:\d{1,5}\s*)*$/;

const webAddress = /^https?:\/\/[^\s/@]+(\/\S*)?$/;

export function ExternalForm({ external, isInUse, onSaved }: Props) {
  const { t } = useTranslation();
  const { client, settings: store } = useModel();
  const [draft, setDraft] = useState(external);
  const [secrets, setSecrets] = useState<Secrets>({});
  const [isChecked, setChecked] = useState(false);
  const [answer, setAnswer] = useState<{ kafka: string; cassandra: string }>();
  const attempt = useAction(async (signal) => {
    setAnswer(await client.engines.try({ external: draft, secrets }, { signal }));
  });
  const save = useAction(async () => {
    // First the passwords: the engine that is put in force needs them.
    if (Object.keys(secrets).length > 0) await client.settings.giveSecrets(secrets);
    store.setState({ settings: await client.settings.save({ external: draft, engine: 'external' }) });
    onSaved();
  });
  const [isSaved, setSaved] = useState(false);

  const set = (patch: Partial<ExternalSettings>): void => {
    setDraft({ ...draft, ...patch });
    forget();
  };
  const forget = (): void => {
    setAnswer(undefined);
    setSaved(false);
    attempt.clear();
    save.clear();
  };
  const faultOf = (text: string): string | undefined => {
    if (!isChecked) return undefined;
    if (text.trim() === '') return t('screens.settings.needed');
    return addresses.test(text) ? undefined : t('screens.settings.badAddress');
  };
  const isRegistryGood = draft.schemaRegistryUrl === '' || webAddress.test(draft.schemaRegistryUrl);
  const isGood =
    addresses.test(draft.brokers) &&
    addresses.test(draft.contactPoints) &&
    draft.localDataCenter.trim() !== '' &&
    isRegistryGood;
  const check = (run: () => Promise<boolean>, isKept: boolean): void => {
    setChecked(true);
    forget();
    if (isGood) void run().then((isDone) => setSaved(isKept && isDone));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    check(save.run, true);
  };
  const text = (name: 'kafkaUser' | 'cassandraUser' | 'tlsCa' | 'localDataCenter' | 'schemaRegistryUrl') => ({
    value: draft[name],
    spellCheck: false,
    onChange: (event: { currentTarget: HTMLInputElement }) => set({ [name]: event.currentTarget.value }),
  });
  const secret = (name: keyof Secrets) => ({
    label: t('screens.settings.password'),
    value: secrets[name] ?? '',
    autoComplete: 'off',
    onChange: (event: { currentTarget: HTMLInputElement }) => {
      setSecrets({ ...secrets, [name]: event.currentTarget.value });
      forget();
    },
  });
  const fault = attempt.fault ?? save.fault;
  return (
    <form className={classes.form} onSubmit={submit} aria-label={t('screens.settings.cluster')}>
      <fieldset className={classes.group}>
        <legend className={classes.legend}>{t('services.kafka')}</legend>
        <TextInput
          className={classes.wide ?? ''}
          label={t('screens.settings.brokers')}
          description={t('screens.settings.brokersHint')}
          value={draft.brokers}
          spellCheck={false}
          error={faultOf(draft.brokers)}
          onChange={(event) => set({ brokers: event.currentTarget.value })}
        />
        <TextInput label={t('screens.settings.user')} {...text('kafkaUser')} />
        <PasswordInput {...secret('kafkaPassword')} />
        <Switch
          label={t('screens.settings.tls')}
          checked={draft.kafkaTls}
          onChange={(event) => set({ kafkaTls: event.currentTarget.checked })}
        />
      </fieldset>
      <fieldset className={classes.group}>
        <legend className={classes.legend}>{t('services.cassandra')}</legend>
        <TextInput
          className={classes.wide ?? ''}
          label={t('screens.settings.contactPoints')}
          description={t('screens.settings.brokersHint')}
          value={draft.contactPoints}
          spellCheck={false}
          error={faultOf(draft.contactPoints)}
          onChange={(event) => set({ contactPoints: event.currentTarget.value })}
        />
        <TextInput
          className={classes.wide ?? ''}
          label={t('screens.settings.localDataCenter')}
          description={t('screens.settings.localDataCenterHint')}
          error={isChecked && draft.localDataCenter.trim() === '' ? t('screens.settings.needed') : undefined}
          {...text('localDataCenter')}
        />
        <TextInput label={t('screens.settings.user')} {...text('cassandraUser')} />
        <PasswordInput {...secret('cassandraPassword')} />
        <Switch
          label={t('screens.settings.tls')}
          checked={draft.cassandraTls}
          onChange={(event) => set({ cassandraTls: event.currentTarget.checked })}
        />
      </fieldset>
      <p className={classes.secret}>{t('screens.settings.passwordHint')}</p>
      {(draft.kafkaTls || draft.cassandraTls) && (
        <TextInput label={t('screens.settings.tlsCa')} {...text('tlsCa')} />
      )}
      <TextInput
        label={t('screens.settings.schemaRegistry')}
        description={t('screens.settings.schemaRegistryHint')}
        error={isChecked && !isRegistryGood ? t('screens.settings.badUrl') : undefined}
        {...text('schemaRegistryUrl')}
      />
      <Switch
        label={t('screens.settings.create')}
        checked={draft.create}
        onChange={(event) => set({ create: event.currentTarget.checked })}
      />
      {draft.create && (
        <NumberInput
          label={t('screens.settings.replication')}
          className={classes.narrow ?? ''}
          min={1}
          max={9}
          clampBehavior="strict"
          allowDecimal={false}
          value={draft.replication}
          onChange={(value) => typeof value === 'number' && value >= 1 && set({ replication: value })}
        />
      )}
      {answer && (
        <span className={classes.ok} role="status">
          <CircleCheck size={16} aria-hidden /> {t('screens.settings.tryOk', answer)}
        </span>
      )}
      {fault && <FaultNote fault={fault} onClose={forget} />}
      <div className={classes.buttons}>
        {isSaved && (
          <span className={classes.ok} role="status">
            <CircleCheck size={16} aria-hidden /> {t('screens.settings.saved')}
          </span>
        )}
        <Button variant="default" loading={attempt.isBusy} onClick={() => check(attempt.run, false)}>
          {t('screens.settings.try')}
        </Button>
        <Button type="submit" loading={save.isBusy}>
          {t(isInUse ? 'screens.settings.save' : 'screens.settings.saveAndUse')}
        </Button>
      </div>
    </form>
  );
}
