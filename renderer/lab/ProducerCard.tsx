// The producer: where records come from, how fast, how long, how many spoiled; start and stop.
import { NumberInput, SegmentedControl, Slider, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { liveRateMax } from '../../contract/limits.ts';
import { useModel } from '../model/model.ts';
import { useAction } from '../model/use-action.ts';
import { Panel } from '../parts/Panel.tsx';
import { rateLimit, sources, toProducerInput, useProducerForm } from './producer-form.ts';
import { ProducerStatus } from './ProducerStatus.tsx';
import classes from './RunCard.module.css';
import { RunFoot } from './RunFoot.tsx';
import { isActive } from './run-state.ts';

export function ProducerCard() {
  const { t } = useTranslation();
  const { client, runs } = useModel();
  const [form, change] = useProducerForm();
  const isRunning = useStore(runs, ({ producer }) => isActive(producer?.state));
  const start = useAction((signal) => client.producer.start(toProducerInput(form), { signal }));
  const stop = useAction((signal) => client.producer.stop(undefined, { signal }));
  const isOffline = form.source === 'offline';
  const isLocked = isRunning || start.isBusy;
  return (
    <Panel title={t('screens.lab.producer')}>
      <fieldset className="plain" disabled={isLocked}>
        <div className={classes.fields}>
          <div className={classes.field}>
            <SegmentedControl
              fullWidth
              size="sm"
              disabled={isLocked}
              aria-label={t('screens.lab.source')}
              value={form.source}
              onChange={(source) => change({ source: source as (typeof sources)[number] })}
              data={sources.map((value) => ({ value, label: t(`screens.lab.sources.${value}`) }))}
            />
            <p className={classes.hint}>
              {t(`screens.lab.sourceHints.${form.source}`)}
              {!isOffline && ` ${t('screens.lab.rateLive', { max: String(liveRateMax) })}`}
            </p>
          </div>
          <div className={classes.pair}>
            <div className={classes.field}>
              <NumberInput
                label={t('screens.lab.rate')}
                suffix=" /s"
                min={1}
                max={rateLimit(form)}
                clampBehavior="strict"
                allowDecimal={false}
                disabled={form.isMax && isOffline}
                value={Math.min(form.rate, rateLimit(form))}
                onChange={(rate) => typeof rate === 'number' && change({ rate })}
              />
              {isOffline && (
                <Switch
                  size="xs"
                  label={t('screens.lab.rateMax')}
                  checked={form.isMax}
                  onChange={(event) => change({ isMax: event.currentTarget.checked })}
                />
              )}
            </div>
            <div className={classes.field}>
              <NumberInput
                label={t('screens.lab.duration')}
                suffix=" s"
                min={1}
                max={86_400}
                clampBehavior="strict"
                allowDecimal={false}
                disabled={form.isEndless}
                value={form.seconds}
                onChange={(seconds) => typeof seconds === 'number' && change({ seconds })}
              />
              <Switch
                size="xs"
                label={t('screens.lab.untilStopped')}
                checked={form.isEndless}
                onChange={(event) => change({ isEndless: event.currentTarget.checked })}
              />
            </div>
          </div>
          <div className={classes.field}>
            <div className={classes.label}>
              <span id="spoiled">{t('screens.lab.spoiled')}</span>
              <span className={classes.value}>{form.spoiledPercent} %</span>
            </div>
            <Slider
              size="sm"
              min={0}
              max={50}
              step={1}
              label={null}
              disabled={isLocked}
              thumbProps={{ 'aria-labelledby': 'spoiled' }}
              value={form.spoiledPercent}
              onChange={(spoiledPercent) => change({ spoiledPercent })}
            />
          </div>
        </div>
      </fieldset>
      <RunFoot
        isRunning={isRunning}
        start={start}
        stop={stop}
        startLabel={t('screens.lab.startProducing')}
        stopLabel={t('screens.lab.stopProducing')}
      >
        <ProducerStatus />
      </RunFoot>
    </Panel>
  );
}
