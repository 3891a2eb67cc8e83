// What the export writes, and where: filled in as spreadsheets of the shown language like it.
import { Button, Checkbox, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useModel } from '../../model/model.ts';
import { useAction, type Action } from '../../model/use-action.ts';
import { FaultNote } from '../../parts/FaultNote.tsx';
import classes from './Export.module.css';
import type { ExportChoice, ExportTarget } from './export-target.ts';

interface Props {
  target: ExportTarget;
  /** What was asked for the last time, to begin with. */
  last: ExportChoice | undefined;
  start: Action<[ExportChoice]>;
}

function today(): string {
  const now = new Date();
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

export function ExportForm({ target, last, start }: Props) {
  const { t, i18n } = useTranslation();
  const { client, host } = useModel();
  const info = useStore(host, (state) => state.info);
  const isPortuguese = i18n.language === 'pt-BR';
  const suggested = `${info?.downloads ?? ''}/${target.fileName}-${today()}.csv`;
  const [columns, setColumns] = useState<readonly string[]>(last?.columns ?? target.columns);
  const [separator, setSeparator] = useState(last?.separator ?? (isPortuguese ? ';' : ','));
  const [hasBom, setBom] = useState(last?.bom ?? isPortuguese);
  const [isSafe, setSafe] = useState(!(last?.raw ?? false));
  const [file, setFile] = useState(last?.file ?? suggested);
  const choose = useAction(async () => {
    const chosen = await client.host.chooseFile({ suggested: file });
    if (chosen.file !== null) setFile(chosen.file);
  });
  const isAll = columns.length === target.columns.length;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const chosen = target.columns.filter((column) => columns.includes(column));
    void start.run({
      file: file.trim(),
      separator,
      bom: hasBom,
      raw: !isSafe,
      ...(!isAll && { columns: chosen }),
    });
  };
  const fault = start.fault ?? choose.fault;
  return (
    <form className={classes.form} onSubmit={submit}>
      <div role="group" aria-labelledby="export-columns">
        <div className={classes.head}>
          <span className={classes.legend} id="export-columns">
            {t('screens.rows.export.columns')}
          </span>
          <Button
            variant="subtle"
            size="compact-xs"
            disabled={isAll}
            onClick={() => setColumns(target.columns)}
          >
            {t('screens.rows.export.all')}
          </Button>
          <Button
            variant="subtle"
            size="compact-xs"
            disabled={columns.length === 0}
            onClick={() => setColumns([])}
          >
            {t('screens.rows.export.none')}
          </Button>
        </div>
        <Checkbox.Group value={[...columns]} onChange={setColumns}>
          <div className={classes.boxes}>
            {target.columns.map((column) => (
              <Checkbox
                key={column}
                size="xs"
                value={column}
                label={<span className="mono">{column}</span>}
              />
            ))}
          </div>
        </Checkbox.Group>
        {columns.length === 0 && <p className={classes.bad}>{t('screens.rows.export.noColumn')}</p>}
      </div>
      <div>
        <div className={`${classes.legend} ${classes.head}`} id="export-separator">
          {t('screens.rows.export.separator')}
        </div>
        <SegmentedControl
          fullWidth
          aria-labelledby="export-separator"
          value={separator}
          onChange={setSeparator}
          data={[
            { value: ';', label: t('screens.rows.export.semicolon') },
            { value: ',', label: t('screens.rows.export.comma') },
            { value: '\t', label: t('screens.rows.export.tab') },
          ]}
        />
      </div>
      <Switch
        checked={hasBom}
        onChange={(event) => setBom(event.currentTarget.checked)}
        label={t('screens.rows.export.bom')}
        description={t('screens.rows.export.bomHint')}
      />
      <Switch
        checked={isSafe}
        onChange={(event) => setSafe(event.currentTarget.checked)}
        label={t('screens.rows.export.safe')}
        description={
          isSafe ? (
            t('screens.rows.export.safeHint')
          ) : (
            <span className={classes.warning}>{t('screens.rows.export.rawWarning')}</span>
          )
        }
      />
      <div className={classes.file}>
        <TextInput
          label={t('screens.rows.export.file')}
          className={classes.path}
          value={file}
          spellCheck={false}
          onChange={(event) => setFile(event.currentTarget.value)}
        />
        {info?.choosesFiles && (
          <Button variant="default" loading={choose.isBusy} onClick={() => void choose.run()}>
            {t('screens.rows.export.choose')}
          </Button>
        )}
      </div>
      {fault && <FaultNote fault={fault} onClose={start.fault ? start.clear : choose.clear} />}
      <Button type="submit" loading={start.isBusy} disabled={columns.length === 0 || file.trim() === ''}>
        {t('screens.rows.export.start')}
      </Button>
    </form>
  );
}
