// What the doctor finds on this machine, and the bundle for whoever helps.
import { Button, TextInput } from '@mantine/core';
import { CircleCheck, CircleAlert } from 'lucide-react';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Finding } from '../../words/messages.ts';
import { useModel } from '../model/model.ts';
import { useAction } from '../model/use-action.ts';
import { FaultNote } from '../parts/FaultNote.tsx';
import { bytes } from '../words/format.ts';
import { AgainButton } from '../parts/AgainButton.tsx';
import { Section } from './Section.tsx';
import classes from './Settings.module.css';

export function DiagnosticsSection() {
  const { t } = useTranslation();
  const { client } = useModel();
  const [findings, setFindings] = useState<readonly Finding[]>();
  const { run, isBusy, fault } = useAction(async (signal) =>
    setFindings(await client.doctor.check(undefined, { signal })),
  );
  useEffect(() => void run(), [run]);
  const missing = findings?.filter((finding) => finding.fault).length ?? 0;
  return (
    <Section
      title={t('screens.settings.diagnostics')}
      hint={t('screens.settings.diagnosticsHint')}
      aside={<AgainButton label={t('screens.settings.check')} isBusy={isBusy} onClick={() => void run()} />}
    >
      {fault && <FaultNote fault={fault} />}
      {findings && (
        <>
          <span role="status" className={missing === 0 ? classes.ok : undefined}>
            {missing === 0 && t('screens.settings.allWell')}
            {missing === 1 && t('screens.settings.oneMissing')}
            {missing > 1 && t('screens.settings.missing', { count: missing })}
          </span>
          <dl className={classes.findings}>
            {findings.map((finding) => (
              <FindingLine key={finding.name} finding={finding} />
            ))}
          </dl>
        </>
      )}
      <Bundle />
    </Section>
  );
}

function FindingLine({ finding: { name, detail, fault } }: { finding: Finding }) {
  const { t } = useTranslation();
  return (
    <>
      <dt data-fault={fault !== undefined}>
        {fault ? <CircleAlert size={16} aria-hidden /> : <CircleCheck size={16} aria-hidden />}
        <span className={classes.finding}>{t(`findings.${name}`)}</span>
      </dt>
      <dd title={detail}>{detail || (fault ? '' : t('screens.settings.well'))}</dd>
      {fault && (
        <dd className={classes.wide}>
          <FaultNote fault={fault} tone="attention" />
        </dd>
      )}
    </>
  );
}

function Bundle() {
  const { t } = useTranslation();
  const { client, host } = useModel();
  const info = useStore(host, (state) => state.info);
  const [file, setFile] = useState<string>();
  const [size, setSize] = useState<number>();
  const suggested = `${info?.downloads ?? ''}/${t('screens.settings.bundleFile')}.zip`;
  const path = file ?? suggested;
  const choose = useAction(async () => {
    const chosen = await client.host.chooseFile({ suggested: path });
    if (chosen.file !== null) setFile(chosen.file);
  });
  const save = useAction(async (signal) => {
    const saved = await client.diagnostics.save({ file: path.trim() }, { signal });
    setSize(saved.bytes);
  });
  const show = useAction((signal) => client.host.showInFolder({ file: path.trim() }, { signal }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setSize(undefined);
    void save.run();
  };
  const failed = [save, choose, show].find(({ fault }) => fault);
  return (
    <form className={classes.section} onSubmit={submit}>
      <div className={classes.file}>
        <TextInput
          className={classes.grow ?? ''}
          label={t('screens.settings.bundle')}
          description={t('screens.settings.bundleHint')}
          spellCheck={false}
          value={path}
          onChange={(event) => {
            setSize(undefined);
            setFile(event.currentTarget.value);
          }}
        />
        {info?.choosesFiles && (
          <Button variant="default" loading={choose.isBusy} onClick={() => void choose.run()}>
            {t('screens.settings.choose')}
          </Button>
        )}
        <Button type="submit" variant="default" loading={save.isBusy} disabled={path.trim() === ''}>
          {t('screens.settings.saveBundle')}
        </Button>
      </div>
      {size !== undefined && (
        <div className={classes.buttons}>
          <span className={classes.ok} role="status">
            <CircleCheck size={16} aria-hidden /> {t('screens.settings.bundleSaved', { size: bytes(size) })}
          </span>
          <Button variant="subtle" size="compact-sm" onClick={() => void show.run()}>
            {t('screens.settings.showInFolder')}
          </Button>
        </div>
      )}
      {failed?.fault && <FaultNote fault={failed.fault} onClose={failed.clear} />}
    </form>
  );
}
