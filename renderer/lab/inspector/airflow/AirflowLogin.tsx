// What Airflow's own page asks for: shown to whoever presses for it, and forgotten with the panel.
import { Button, PasswordInput } from '@mantine/core';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useModel } from '../../../model/model.ts';
import { useAction } from '../../../model/use-action.ts';
import { CopyButton } from '../../../parts/CopyButton.tsx';
import { FaultNote } from '../../../parts/FaultNote.tsx';
import { Copied } from '../service-facts.tsx';
import inspector from '../Inspector.module.css';
import classes from './Airflow.module.css';

export function AirflowLogin() {
  const { t } = useTranslation();
  const { client } = useModel();
  const [login, setLogin] = useState<{ user: string; password: string }>();
  const ask = useAction(async (signal) => setLogin(await client.airflow.login(undefined, { signal })));
  if (!login)
    return (
      <>
        <Button
          variant="default"
          leftSection={<KeyRound size={14} aria-hidden />}
          loading={ask.isBusy}
          onClick={() => void ask.run()}
        >
          {t('screens.airflow.login')}
        </Button>
        {ask.fault && <FaultNote fault={ask.fault} onClose={ask.clear} />}
      </>
    );
  const password = t('screens.airflow.password');
  return (
    <dl className={`${inspector.facts} ${classes.login}`} aria-label={t('screens.airflow.login')}>
      <div>
        <dt>{t('screens.airflow.user')}</dt>
        <dd>
          <Copied value={login.user} />
        </dd>
      </div>
      <div>
        <dt>{password}</dt>
        <dd>
          <PasswordInput
            className={classes.password ?? ''}
            size="xs"
            readOnly
            aria-label={password}
            value={login.password}
            visibilityToggleButtonProps={{ 'aria-label': t('screens.airflow.showPassword') }}
          />
          <CopyButton value={login.password} label={password} />
        </dd>
      </div>
    </dl>
  );
}
