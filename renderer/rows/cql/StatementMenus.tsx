// Two menus of statements: examples, and what was run before.
import { Button, Menu } from '@mantine/core';
import { BookOpen, History } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import classes from './CqlConsole.module.css';
import { cqlExamples, type CqlExample } from './cql-examples.ts';
import { forgetHistory } from './cql-history.ts';

const examples: CqlExample[] = ['first', 'byId', 'token', 'written', 'tables', 'columns'];

interface Props {
  history: readonly string[];
  onHistory: (history: string[]) => void;
  onChoose: (statement: string) => void;
}

export function StatementMenus({ history, onHistory, onChoose }: Props) {
  const { t } = useTranslation();
  return (
    <div className={classes.menus}>
      <Menu position="bottom-end" width={300}>
        <Menu.Target>
          <Button variant="default" leftSection={<BookOpen size={16} aria-hidden />}>
            {t('screens.rows.console.examples')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {examples.map((name) => (
            <Menu.Item key={name} onClick={() => onChoose(cqlExamples[name])}>
              {t(`screens.rows.console.exampleNames.${name}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-end" width={420}>
        <Menu.Target>
          <Button variant="default" leftSection={<History size={16} aria-hidden />}>
            {t('screens.rows.console.history')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={classes.past}>
          {history.length === 0 && <Menu.Label>{t('screens.rows.console.noHistory')}</Menu.Label>}
          {history.map((statement) => (
            <Menu.Item key={statement} onClick={() => onChoose(statement)}>
              <span className={classes.statement}>{statement}</span>
            </Menu.Item>
          ))}
          {history.length > 0 && (
            <>
              <Menu.Divider />
              <Menu.Item
                onClick={() => {
                  forgetHistory();
                  onHistory([]);
                }}
              >
                {t('screens.rows.console.clearHistory')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
