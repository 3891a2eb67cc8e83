// Ports of Kafka and Cassandra, and the memory of the embedded ones: checked here, in force from the next start on.
import { Button, NumberInput } from '@mantine/core';
import { CircleCheck } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { settings as settingsShape, type Settings } from '../../words/settings.ts';
import { labService, type LabService } from '../../words/stack.ts';
import { useModel } from '../model/model.ts';
import { useAction } from '../model/use-action.ts';
import { FaultNote } from '../parts/FaultNote.tsx';
import { Section } from './Section.tsx';
import classes from './Settings.module.css';

type Tuning = Pick<Settings, 'ports' | 'memoryMb'>;
/** What stands in the inputs, which may be empty. */
type Draft = Record<keyof Tuning, Record<LabService, number | string>>;

const shape = settingsShape.pick({ ports: true, memoryMb: true });
const usual = shape.parse({});

export function EmbeddedSection({ settings: { engine, ports, memoryMb } }: { settings: Settings }) {
  const { t } = useTranslation();
  const { client, settings: store } = useModel();
  const [draft, setDraft] = useState<Draft>({ ports, memoryMb });
  const save = useAction(async (signal, tuning: Tuning) =>
    store.setState({ settings: await client.settings.save(tuning, { signal }) }),
  );
  const [isSaved, setSaved] = useState(false);
  const checked = shape.safeParse(draft);
  const isWrong = (part: keyof Tuning, name: LabService): boolean =>
    checked.error?.issues.some(({ path }) => path[0] === part && path[1] === name) ?? false;
  const areSame = draft.ports.kafka === draft.ports.cassandra;
  const isChanged = JSON.stringify(draft) !== JSON.stringify({ ports, memoryMb });
  // The compose file says what a container may take.
  const hasMemory = engine !== 'docker';
  const isUsual = JSON.stringify(draft) === JSON.stringify(usual);

  const set = (part: keyof Tuning, name: LabService, value: number | string): void => {
    setSaved(false);
    setDraft({ ...draft, [part]: { ...draft[part], [name]: value } });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (checked.success) void save.run(checked.data).then(setSaved);
  };
  const portFault = (name: LabService): string | undefined => {
    if (isWrong('ports', name)) return t('screens.settings.badPort');
    return areSame && name === 'cassandra' ? t('screens.settings.samePort') : undefined;
  };
  return (
    <Section
      title={t('screens.settings.embedded')}
      hint={t(hasMemory ? 'screens.settings.nextStart' : 'screens.settings.nextStartDocker')}
    >
      <form className={classes.section} onSubmit={submit}>
        <div className={classes.pair}>
          <span />
          <span className={classes.pairHead}>{t('screens.settings.ports')}</span>
          <span className={classes.pairHead}>{hasMemory && t('screens.settings.memory')}</span>
          {labService.options.map((name) => (
            <Row key={name} name={name}>
              <NumberInput
                aria-label={`${t(`services.${name}`)}: ${t('screens.settings.ports')}`}
                value={draft.ports[name]}
                allowDecimal={false}
                hideControls
                error={portFault(name)}
                onChange={(value) => set('ports', name, value)}
              />
              {hasMemory ? (
                <NumberInput
                  aria-label={`${t(`services.${name}`)}: ${t('screens.settings.memory')}`}
                  value={draft.memoryMb[name]}
                  allowDecimal={false}
                  step={128}
                  error={isWrong('memoryMb', name) ? t('screens.settings.badMemory') : undefined}
                  onChange={(value) => set('memoryMb', name, value)}
                />
              ) : (
                <span />
              )}
            </Row>
          ))}
        </div>
        {save.fault && <FaultNote fault={save.fault} onClose={save.clear} />}
        <div className={`${classes.buttons} ${classes.end}`}>
          {isSaved && !isChanged && (
            <span className={classes.ok} role="status">
              <CircleCheck size={16} aria-hidden /> {t('screens.settings.saved')}
            </span>
          )}
          <Button variant="subtle" disabled={isUsual} onClick={() => setDraft(usual)}>
            {t('screens.settings.usual')}
          </Button>
          <Button type="submit" loading={save.isBusy} disabled={!isChanged || !checked.success || areSame}>
            {t('screens.settings.save')}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function Row({ name, children }: { name: LabService; children: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <>
      <span className={classes.pairName}>{t(`services.${name}`)}</span>
      {children}
    </>
  );
}
