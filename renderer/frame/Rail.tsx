// The rail: five screens, each an icon with its word.
import { Mail, Server, Settings2, Table2, Waves, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useModel } from '../model/model.ts';
import { screens, type Screen } from '../model/navigation.ts';
import { Mark } from '../parts/Mark.tsx';
import classes from './Rail.module.css';

const icons: Record<Screen, LucideIcon> = {
  lab: Waves,
  services: Server,
  messages: Mail,
  rows: Table2,
  settings: Settings2,
};

export function Rail() {
  const { navigation } = useModel();
  const { t } = useTranslation();
  const current = useStore(navigation, (state) => state.screen);
  return (
    <nav className={classes.rail} aria-label={t('screens.frame.rail')}>
      <Mark className={classes.mark} />
      {screens.map((screen, index) => {
        const Icon = icons[screen];
        return (
          <button
            key={screen}
            type="button"
            className={classes.item}
            aria-current={screen === current ? 'page' : undefined}
            aria-keyshortcuts={String(index + 1)}
            onClick={() => navigation.setState({ screen })}
          >
            <Icon size={20} aria-hidden />
            {t(`screens.frame.${screen}`)}
          </button>
        );
      })}
    </nav>
  );
}
