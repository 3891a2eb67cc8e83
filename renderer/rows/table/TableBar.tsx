// Above the table: find a row, go to a position, how many there are, which columns are shown.
import {
  ActionIcon,
  Button,
  Checkbox,
  CloseButton,
  Loader,
  Menu,
  NumberInput,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Columns3, CornerDownRight, RotateCw, Search } from 'lucide-react';
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '../../model/use-action.ts';
import { whole } from '../../words/format.ts';
import type { Columns } from '../grid/use-columns.ts';
import type { RowPages } from '../row-pages.ts';
import { usePages } from './use-row-pages.ts';
import classes from './TableBar.module.css';

interface Props {
  pages: RowPages;
  isKnown: boolean;
  columns: Columns;
  count: Action<[]>;
  find: Action<[string]>;
  onReload: () => void;
  onGoTo: (position: number) => void;
}

export function TableBar({ pages, isKnown, columns, count, find, onReload, onGoTo }: Props) {
  const { t } = useTranslation();
  const total = usePages(pages, (now) => now.total);
  const isExact = usePages(pages, (now) => now.isExact);
  const exact = total === 1 ? 'screens.rows.oneRow' : 'screens.rows.count';
  return (
    <div className={classes.bar}>
      <FindInput find={find} />
      <GoTo total={total} onGoTo={onGoTo} />
      <div className={classes.count} role="status">
        {isKnown && t(isExact ? exact : 'screens.rows.about', { rows: whole(total) })}
      </div>
      {isKnown && !isExact && !count.isBusy && (
        <Button variant="subtle" size="compact-sm" onClick={() => void count.run()}>
          {t('screens.rows.countExactly')}
        </Button>
      )}
      {count.isBusy && (
        <span className={classes.counting}>
          <Loader size={14} /> {t('screens.rows.counting')}
          <Button variant="subtle" size="compact-sm" onClick={count.cancel}>
            {t('screens.frame.cancel')}
          </Button>
        </span>
      )}
      <div className={classes.right}>
        <Tooltip label={t('screens.rows.refresh')}>
          <ActionIcon variant="default" size={36} aria-label={t('screens.rows.refresh')} onClick={onReload}>
            <RotateCw size={16} />
          </ActionIcon>
        </Tooltip>
        <ColumnsMenu columns={columns} />
      </div>
    </div>
  );
}

function FindInput({ find }: { find: Action<[string]> }) {
  const { t } = useTranslation();
  const [id, setId] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useHotkeys([['/', () => input.current?.focus()]]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (id.trim() !== '') void find.run(id.trim());
  };
  return (
    <form className={classes.find} onSubmit={submit} role="search">
      <TextInput
        ref={input}
        aria-label={t('screens.rows.find')}
        aria-keyshortcuts="/"
        placeholder={t('screens.rows.findPlaceholder')}
        leftSection={find.isBusy ? <Loader size={14} /> : <Search size={16} aria-hidden />}
        rightSection={
          id === '' ? null : (
            <CloseButton size="sm" aria-label={t('screens.frame.close')} onClick={() => setId('')} />
          )
        }
        value={id}
        spellCheck={false}
        onChange={(event) => setId(event.currentTarget.value)}
      />
    </form>
  );
}

function GoTo({ total, onGoTo }: { total: number; onGoTo: (position: number) => void }) {
  const { t, i18n } = useTranslation();
  const [position, setPosition] = useState<number | string>('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (typeof position === 'number') onGoTo(position - 1);
  };
  return (
    <form className={classes.goTo} onSubmit={submit}>
      <NumberInput
        aria-label={t('screens.rows.goTo')}
        placeholder={t('screens.rows.goTo')}
        min={1}
        max={Math.max(1, total)}
        clampBehavior="blur"
        allowDecimal={false}
        thousandSeparator={i18n.language === 'pt-BR' ? '.' : ','}
        decimalSeparator={i18n.language === 'pt-BR' ? ',' : '.'}
        hideControls
        leftSection={<CornerDownRight size={16} aria-hidden />}
        value={position}
        onChange={setPosition}
      />
    </form>
  );
}

function ColumnsMenu({ columns: { table } }: { columns: Columns }) {
  const { t } = useTranslation();
  const all = table.getAllLeafColumns();
  const shown = all.filter((column) => column.getIsVisible());
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <Button variant="default" leftSection={<Columns3 size={16} aria-hidden />}>
          {t('screens.rows.columns')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {all.map((column) => (
          <Menu.Item
            key={column.id}
            role="menuitemcheckbox"
            aria-checked={column.getIsVisible()}
            disabled={shown.length === 1 && column.getIsVisible()}
            leftSection={<Checkbox.Indicator size="xs" checked={column.getIsVisible()} aria-hidden />}
            onClick={() => column.toggleVisibility()}
          >
            <span className="mono">{column.id}</span>
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item disabled={shown.length === all.length} onClick={() => table.toggleAllColumnsVisible(true)}>
          {t('screens.rows.allColumns')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
