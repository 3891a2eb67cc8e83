// One row whole: its picture, its twelve fields to copy, and the way it came.
import { ActionIcon, Button } from '@mantine/core';
import { Route, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { userColumns } from '../../../words/users.ts';
import { useModel } from '../../model/model.ts';
import { CopyButton } from '../../parts/CopyButton.tsx';
import type { Row } from '../ring-reader.ts';
import { Portrait } from './Portrait.tsx';
import classes from './RowPanel.module.css';

/** `row` is undefined while it is on its way. */
export function RowPanel({ row, onClose }: { row: Row | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const { navigation } = useModel();
  const id = row?.['id'];
  const name = [row?.['first_name'], row?.['last_name']].filter(Boolean).join(' ');
  return (
    <aside className={classes.panel} aria-label={t('screens.rows.row')}>
      <header className={classes.header}>
        {row && <Portrait key={id} row={row} name={name} />}
        <div className={classes.who}>
          <h2 className={classes.name}>{name || t('screens.rows.row')}</h2>
          <div className={classes.mail}>{row?.['email']}</div>
        </div>
        <ActionIcon variant="subtle" color="gray" aria-label={t('screens.rows.closeRow')} onClick={onClose}>
          <X size={18} />
        </ActionIcon>
      </header>
      {row ? (
        <dl className={classes.fields}>
          {userColumns.map((column) => (
            <div key={column} className={classes.field}>
              <dt className={classes.column}>{column}</dt>
              <dd className={classes.value}>
                {row[column] || <span className={classes.none}>{t('screens.rows.noValue')}</span>}
                {row[column] && <CopyButton value={row[column]} label={column} />}
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className={classes.none}>{t('screens.frame.loading')}</p>
      )}
      <Button
        variant="light"
        fullWidth
        leftSection={<Route size={16} aria-hidden />}
        disabled={!id}
        onClick={() => id && navigation.setState({ following: { by: 'row', id } })}
      >
        {t('screens.rows.follow')}
      </Button>
    </aside>
  );
}
