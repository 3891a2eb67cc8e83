// Language, theme, pictures: in force at once.
import { Select, SegmentedControl, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../words/settings.ts';
import { useSettings } from '../model/use-settings.ts';
import { Section } from './Section.tsx';
import classes from './Settings.module.css';

const languages = ['system', 'en', 'pt-BR'] as const;
const themes = ['system', 'light', 'dark'] as const;

export function AppearanceSection({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const { save } = useSettings();
  return (
    <Section title={t('screens.settings.appearance')}>
      <div className={classes.line}>
        <span className={classes.label} aria-hidden>
          {t('screens.frame.language')}
        </span>
        <Select
          aria-label={t('screens.frame.language')}
          allowDeselect={false}
          value={settings.language}
          data={languages.map((value) => ({ value, label: t(`screens.settings.languages.${value}`) }))}
          onChange={(value) => save({ language: languages.find((one) => one === value) ?? 'system' })}
        />
      </div>
      <div className={classes.line}>
        <span className={classes.label} aria-hidden>
          {t('screens.frame.theme')}
        </span>
        <SegmentedControl
          aria-label={t('screens.frame.theme')}
          value={settings.theme}
          data={themes.map((value) => ({ value, label: t(`screens.frame.themes.${value}`) }))}
          onChange={(theme) => save({ theme })}
        />
      </div>
      <Switch
        checked={settings.showPictures}
        onChange={(event) => save({ showPictures: event.currentTarget.checked })}
        label={t('screens.settings.pictures')}
        description={t('screens.settings.picturesHint')}
      />
    </Section>
  );
}
