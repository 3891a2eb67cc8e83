// A console for CQL: one statement, its answer as a grid, what was run before. What removes data is asked about first.
import { Button } from '@mantine/core';
import { Database, Play, Square } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TablePage } from '../../../words/messages.ts';
import { faultOf } from '../../../words/errors.ts';
import { useModel } from '../../model/model.ts';
import { useAction } from '../../model/use-action.ts';
import { Dialog } from '../../parts/Dialog.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { FaultNote } from '../../parts/FaultNote.tsx';
import { lazily } from '../../parts/lazily.ts';
import { span, whole } from '../../words/format.ts';
import { DataGrid } from '../grid/DataGrid.tsx';
import { useColumns } from '../grid/use-columns.ts';
import classes from './CqlConsole.module.css';
import { cqlExamples } from './cql-examples.ts';
import { readHistory, remember } from './cql-history.ts';
import { StatementMenus } from './StatementMenus.tsx';

const CqlEditor = lazily(() => import('../../parts/CqlEditor.tsx'));

const rowsMax = 100;

interface Answer {
  page: TablePage;
  tookMs: number;
}

export function CqlConsole() {
  const { t } = useTranslation();
  const { client } = useModel();
  const [statement, setStatement] = useState<string>(cqlExamples.first);
  const [history, setHistory] = useState(readHistory);
  const [answer, setAnswer] = useState<Answer>();
  const [asked, setAsked] = useState<string>();

  const execute = useAction(async (signal, text: string, isConfirmed: boolean) => {
    setHistory(remember(text));
    const startedAt = performance.now();
    try {
      const page = await client.cql.execute({ statement: text, limit: rowsMax, isConfirmed }, { signal });
      setAnswer({ page, tookMs: performance.now() - startedAt });
    } catch (error) {
      if (faultOf(error).code !== 'CQL_DESTRUCTIVE') throw error;
      setAsked(text);
    }
  });
  const run = (): void => {
    const text = statement.trim();
    if (text !== '') void execute.run(text, false);
  };
  const confirm = (): void => {
    if (asked !== undefined) void execute.run(asked, true);
    setAsked(undefined);
  };

  return (
    <div className={classes.console}>
      <div className={classes.editor}>
        <Suspense fallback={<p className={classes.loading}>{t('screens.frame.loading')}</p>}>
          <CqlEditor
            value={statement}
            onChange={setStatement}
            onRun={run}
            label={t('screens.rows.console.statement')}
          />
        </Suspense>
      </div>
      <div className={classes.bar}>
        {execute.isBusy ? (
          <Button variant="default" leftSection={<Square size={14} aria-hidden />} onClick={execute.cancel}>
            {t('screens.rows.console.stop')}
          </Button>
        ) : (
          <Button
            leftSection={<Play size={14} aria-hidden />}
            disabled={statement.trim() === ''}
            onClick={run}
          >
            {t('screens.rows.console.run')}
          </Button>
        )}
        <kbd className={classes.key}>{t('screens.rows.console.runHint')}</kbd>
        <div className={classes.took} role="status">
          {answer && !execute.fault && tookWords(answer)}
        </div>
        <StatementMenus history={history} onHistory={setHistory} onChoose={setStatement} />
      </div>
      {execute.fault && <FaultNote fault={execute.fault} onClose={execute.clear} />}
      {answer && answer.page.columns.length > 0 ? (
        <AnswerGrid page={answer.page} />
      ) : (
        !execute.fault && (
          <EmptyState
            icon={Database}
            title={t('screens.rows.console.idle')}
            text={t('screens.rows.console.idleText', { limit: rowsMax })}
          />
        )
      )}
      <Dialog
        isOpen={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={t('screens.rows.console.confirm')}
      >
        <p className={classes.ask}>{t('screens.rows.console.confirmText')}</p>
        <pre className={classes.asked}>{asked}</pre>
        <div className={classes.buttons}>
          <Button variant="default" data-autofocus onClick={() => setAsked(undefined)}>
            {t('screens.frame.cancel')}
          </Button>
          <Button className={classes.danger} onClick={confirm}>
            {t('screens.rows.console.confirmRun')}
          </Button>
        </div>
      </Dialog>
    </div>
  );

  function tookWords({ page: { rows, next, columns }, tookMs }: Answer): string {
    const said = { count: rows.length, span: span(tookMs) };
    if (columns.length === 0) return t('screens.rows.console.noRows', said);
    if (next !== undefined) return t('screens.rows.console.firstRows', said);
    return t(rows.length === 1 ? 'screens.rows.console.tookOne' : 'screens.rows.console.took', said);
  }
}

function AnswerGrid({ page: { columns: names, rows } }: { page: TablePage }) {
  const { t } = useTranslation();
  const columns = useColumns(names, { widths: columnWidths });
  return (
    <DataGrid
      label={t('screens.rows.console.result')}
      columns={columns}
      count={rows.length}
      rowAt={(index) => rows[index]}
      place={{ title: '#', width: 56, of: (index) => whole(index + 1) }}
    />
  );
}

const columnWidths = {
  id: 300,
  email: 260,
  address: 300,
  picture: 320,
  dob: 200,
  registered_date: 200,
  'system.token(id)': 200,
};
