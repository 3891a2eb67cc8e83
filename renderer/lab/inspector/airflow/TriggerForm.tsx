// Starts a run of the DAG: for how long, how fast, from where.
import { Button, NumberInput, TextInput } from '@mantine/core';
import { Play } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dagSecondsMax, liveRateMax } from '../../../../contract/limits.ts';
import { useModel } from '../../../model/model.ts';
import { useAction } from '../../../model/use-action.ts';
import { FaultNote } from '../../../parts/FaultNote.tsx';
import classes from './Airflow.module.css';

/** As the DAG has it. */
const usual = { seconds: 60, rate: 10, url: '' };

export function TriggerForm() {
  const { t } = useTranslation();
  const { client } = useModel();
  const [{ seconds, rate, url }, setForm] = useState(usual);
  const change = (patch: Partial<typeof usual>): void => setForm((now) => ({ ...now, ...patch }));
  const trigger = useAction((signal) =>
    client.airflow.trigger({ seconds, rate, ...(url.trim() !== '' && { url: url.trim() }) }, { signal }),
  );
  return (
    <form
      className={classes.form}
      aria-label={t('screens.airflow.trigger')}
      onSubmit={(event) => {
        event.preventDefault();
        void trigger.run();
      }}
    >
      <div className={classes.pair}>
        <NumberInput
          label={t('screens.airflow.duration')}
          suffix=" s"
          min={1}
          max={dagSecondsMax}
          clampBehavior="strict"
          allowDecimal={false}
          value={seconds}
          onChange={(value) => typeof value === 'number' && change({ seconds: value })}
        />
        <NumberInput
          label={t('screens.airflow.rate')}
          suffix=" /s"
          min={1}
          max={liveRateMax}
          clampBehavior="strict"
          allowDecimal={false}
          value={rate}
          onChange={(value) => typeof value === 'number' && change({ rate: value })}
        />
      </div>
      <TextInput
        label={t('screens.airflow.address')}
        placeholder="https://randomuser.me/api/"
        type="url"
        value={url}
        onChange={(event) => change({ url: event.currentTarget.value })}
      />
      {trigger.fault && <FaultNote fault={trigger.fault} onClose={trigger.clear} />}
      <Button type="submit" leftSection={<Play size={16} aria-hidden />} loading={trigger.isBusy}>
        {t('screens.airflow.trigger')}
      </Button>
    </form>
  );
}
