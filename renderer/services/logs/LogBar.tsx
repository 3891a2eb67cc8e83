// Above the log: whose it is, from which level on, what is searched for, and what takes it elsewhere.
import { ActionIcon, Select, TextInput, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Check, ChevronDown, ChevronUp, Copy, Download, Search } from 'lucide-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogLevel, LogName } from '../../../words/services.ts';
import classes from './Logs.module.css';

const levels: LogLevel[] = ['debug', 'info', 'warn', 'error'];

interface Props {
  names: readonly LogName[];
  name: LogName | 'all';
  onName: (name: LogName | 'all') => void;
  level: LogLevel;
  onLevel: (level: LogLevel) => void;
  search: string;
  onSearch: (text: string) => void;
  input: Ref<HTMLInputElement>;
  /** Which match is looked at, from 1, and how many there are. */
  found: { at: number; count: number };
  onGo: (direction: 1 | -1) => void;
  /** The lines shown. */
  onText: () => string;
}

export function LogBar(props: Props) {
  const { names, name, onName, level, onLevel, search, onSearch, input, found, onGo, onText } = props;
  const { t } = useTranslation();
  const nameOf = (one: LogName): string =>
    one === 'riacho' || one === 'spark-job' ? t(`screens.services.${one}`) : t(`services.${one}`);
  return (
    <header className={classes.bar}>
      <h2 className={classes.title}>{t('screens.services.logs')}</h2>
      <Select
        aria-label={t('screens.services.whose')}
        className={classes.whose ?? ''}
        allowDeselect={false}
        value={name}
        onChange={(value) => onName(names.find((one) => one === value) ?? 'all')}
        data={[
          { value: 'all', label: t('screens.services.all') },
          ...names.map((one) => ({ value: one, label: nameOf(one) })),
        ]}
      />
      <Select
        aria-label={t('screens.services.level')}
        className={classes.levels ?? ''}
        allowDeselect={false}
        value={level}
        onChange={(value) => onLevel(levels.find((one) => one === value) ?? 'debug')}
        data={levels.map((one) => ({ value: one, label: t(`screens.services.levels.${one}`) }))}
      />
      <TextInput
        ref={input}
        className={classes.search ?? ''}
        aria-label={t('screens.services.search')}
        aria-keyshortcuts="/"
        placeholder={t('screens.services.searchPlaceholder')}
        leftSection={<Search size={16} aria-hidden />}
        spellCheck={false}
        value={search}
        onChange={(event) => onSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onGo(event.shiftKey ? -1 : 1);
          if (event.key === 'Escape') onSearch('');
        }}
      />
      {search !== '' && (
        <div className={classes.found}>
          <span role="status">
            {found.count === 0 ? t('screens.services.noMatch') : t('screens.services.matches', found)}
          </span>
          <Icon name={t('screens.services.previous')} onClick={() => onGo(-1)}>
            <ChevronUp size={16} />
          </Icon>
          <Icon name={t('screens.services.next')} onClick={() => onGo(1)}>
            <ChevronDown size={16} />
          </Icon>
        </div>
      )}
      <div className={classes.takeAway}>
        <CopyLines onText={onText} />
        <Icon
          name={t('screens.services.save')}
          onClick={() => saveText(onText(), t('screens.services.fileName'))}
        >
          <Download size={16} />
        </Icon>
      </div>
    </header>
  );
}

interface IconProps {
  name: string;
  onClick: () => void;
  children: React.ReactNode;
}

function Icon({ name, onClick, children }: IconProps) {
  return (
    <Tooltip label={name}>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={name} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function CopyLines({ onText }: { onText: () => string }) {
  const { t } = useTranslation();
  const { copied, copy } = useClipboard({ timeout: 1_500 });
  return (
    <Icon name={t(copied ? 'screens.frame.copied' : 'screens.services.copy')} onClick={() => copy(onText())}>
      {copied ? <Check size={16} /> : <Copy size={16} />}
    </Icon>
  );
}

/** Hands a text to the browser as a file to keep. */
function saveText(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.txt`;
  link.click();
  URL.revokeObjectURL(url);
}
