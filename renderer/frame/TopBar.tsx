// The top bar: which lab, which engine, how the stack is; language, theme, and the stack's one button.
import { ActionIcon, Button, Menu, SegmentedControl, Tooltip, useComputedColorScheme } from '@mantine/core';
import { Check, Moon, Square, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { labs } from '../model/labs.ts';
import { useModel } from '../model/model.ts';
import { useAction } from '../model/use-action.ts';
import { useSettings } from '../model/use-settings.ts';
import { FaultNote } from '../parts/FaultNote.tsx';
import type { Language } from '../words/i18n.ts';
import { StackWord } from './StackWord.tsx';
import classes from './TopBar.module.css';

const themes = ['system', 'light', 'dark'] as const;

export function TopBar() {
  const { t, i18n } = useTranslation();
  const { settings, save } = useSettings();
  const shown = useComputedColorScheme('light');
  const theme = settings?.theme ?? 'system';
  return (
    <header className={classes.bar}>
      <LabChoice />
      <StackWord />
      <div className={classes.right}>
        <SegmentedControl
          size="xs"
          aria-label={t('screens.frame.language')}
          value={i18n.language}
          onChange={(language) => save({ language: language as Language })}
          data={[
            { value: 'pt-BR', label: 'pt-BR' },
            { value: 'en', label: 'en' },
          ]}
        />
        <Menu position="bottom-end">
          <Menu.Target>
            <Tooltip label={t('screens.frame.theme')}>
              <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('screens.frame.theme')}>
                {shown === 'dark' ? <Moon size={18} /> : <Sun size={18} />}
              </ActionIcon>
            </Tooltip>
          </Menu.Target>
          <Menu.Dropdown>
            {themes.map((one) => (
              <Menu.Item
                key={one}
                rightSection={one === theme ? <Check size={14} aria-hidden /> : null}
                onClick={() => save({ theme: one })}
              >
                {t(`screens.frame.themes.${one}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <StopStack />
      </div>
    </header>
  );
}

/** Whose home the Lab is. A choice leads there. */
function LabChoice() {
  const { t } = useTranslation();
  const { navigation } = useModel();
  const lab = useStore(navigation, (state) => state.lab);
  return (
    <SegmentedControl
      size="xs"
      className={classes.lab ?? ''}
      aria-label={t('screens.frame.labs')}
      value={lab}
      onChange={(chosen) => navigation.setState({ lab: chosen, screen: 'lab' })}
      data={[...labs]}
    />
  );
}

/** Stops the stack from any screen; starting it is the Lab's big button. */
function StopStack() {
  const { t } = useTranslation();
  const { client, stack } = useModel();
  const state = useStore(stack, ({ status }) => status?.stack);
  const stop = useAction((signal) => client.stack.stop(undefined, { signal }));
  const isUp = useStore(stack, (state) => state.isUp);
  const canStop = isUp || state === 'failed';
  if (!canStop && !stop.fault && state !== 'stopping') return null;
  return (
    <>
      <Button
        variant="default"
        size="sm"
        leftSection={<Square size={14} aria-hidden />}
        loading={stop.isBusy || state === 'stopping'}
        onClick={() => void stop.run()}
      >
        {t('screens.frame.stopStack')}
      </Button>
      {stop.fault && (
        <div className={classes.fault}>
          <FaultNote fault={stop.fault} onClose={stop.clear} />
        </div>
      )}
    </>
  );
}
