// The Settings screen: everything that can be set, each where it takes effect at once or says when it does.
import { useTranslation } from 'react-i18next';
import { useSettings } from '../model/use-settings.ts';
import { AboutSection } from './AboutSection.tsx';
import { AppearanceSection } from './AppearanceSection.tsx';
import { DataSection } from './DataSection.tsx';
import { DiagnosticsSection } from './DiagnosticsSection.tsx';
import { EmbeddedSection } from './EmbeddedSection.tsx';
import { EngineSection } from './engine/EngineSection.tsx';
import { ResetSection } from './ResetSection.tsx';
import classes from './Settings.module.css';
import { UnreadableNote } from './UnreadableNote.tsx';

export default function SettingsScreen() {
  const { t } = useTranslation();
  const { settings } = useSettings();
  return (
    <>
      <h1 className="hidden">{t('screens.frame.settings')}</h1>
      <UnreadableNote />
      {settings && (
        <div className={classes.columns}>
          <div className={classes.column}>
            <EngineSection settings={settings} />
            <EmbeddedSection settings={settings} />
            <ResetSection engine={settings.engine} />
          </div>
          <div className={classes.column}>
            <AppearanceSection settings={settings} />
            <DataSection />
            <DiagnosticsSection />
            <AboutSection />
          </div>
        </div>
      )}
    </>
  );
}
