// The window's frame: rail at the left, bars above and below, the chosen screen between them.
import { useMantineColorScheme } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useModel } from '../model/model.ts';
import { screens, type Screen } from '../model/navigation.ts';
import { lazily } from '../parts/lazily.ts';
import { showLanguage } from '../words/i18n.ts';
import { BottomBar } from './BottomBar.tsx';
import { ConnectionNote } from './ConnectionNote.tsx';
import classes from './Frame.module.css';
import { labScreens } from './lab-screens.ts';
import { Rail } from './Rail.tsx';
import { TopBar } from './TopBar.tsx';

const ServicesScreen = lazily(() => import('../services/ServicesScreen.tsx'));
const MessagesScreen = lazily(() => import('../messages/MessagesScreen.tsx'));
const RowsScreen = lazily(() => import('../rows/RowsScreen.tsx'));
const SettingsScreen = lazily(() => import('../settings/SettingsScreen.tsx'));
const ActivityDrawer = lazily(() => import('./ActivityDrawer.tsx'));
const FollowDrawer = lazily(() => import('../follow/FollowDrawer.tsx'));

function ShownLab() {
  const Shown = labScreens[useStore(useModel().navigation, ({ lab }) => lab)];
  return <Shown />;
}

function ScreenOf({ screen }: { screen: Screen }) {
  switch (screen) {
    case 'lab':
      return <ShownLab />;
    case 'services':
      return <ServicesScreen />;
    case 'messages':
      return <MessagesScreen />;
    case 'rows':
      return <RowsScreen />;
    case 'settings':
      return <SettingsScreen />;
  }
}

/** Follows the settings: whoever changes them, here or in another client, sees it at once. */
function useChosenLook(): void {
  const settings = useStore(useModel().settings, (state) => state.settings);
  const { setColorScheme } = useMantineColorScheme();
  const language = settings?.language;
  const theme = settings?.theme;
  useEffect(() => {
    if (language) showLanguage(language);
  }, [language]);
  useEffect(() => {
    if (theme) setColorScheme(theme === 'system' ? 'auto' : theme);
  }, [theme, setColorScheme]);
}

export function Frame() {
  const { navigation } = useModel();
  const { t } = useTranslation();
  const screen = useStore(navigation, (state) => state.screen);
  const isActivityOpen = useStore(navigation, (state) => state.isActivityOpen);
  const [hasActivity, setHasActivity] = useState(false);
  // From its first opening on it stays, so that it can slide away.
  if (isActivityOpen && !hasActivity) setHasActivity(true);
  const isFollowing = useStore(navigation, ({ following }) => following !== undefined);
  useChosenLook();
  useHotkeys(
    screens.map((name, index) => [
      String(index + 1),
      (event: KeyboardEvent) => {
        if (!isTyping(event.target)) navigation.setState({ screen: name });
      },
      { preventDefault: false },
    ]),
    [],
  );
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#content" onClick={focusContent}>
        {t('screens.frame.skipToContent')}
      </a>
      <Rail />
      <TopBar />
      <main className={classes.content} id="content" tabIndex={-1}>
        <ConnectionNote />
        <Suspense fallback={<p className={classes.loading}>{t('screens.frame.loading')}</p>}>
          <ScreenOf key={screen} screen={screen} />
        </Suspense>
      </main>
      <BottomBar />
      {hasActivity && (
        <Suspense>
          <ActivityDrawer />
        </Suspense>
      )}
      {isFollowing && (
        <Suspense>
          <FollowDrawer />
        </Suspense>
      )}
    </div>
  );
}

/** Whether a digit belongs to what the person writes; a chosen radio or switch takes none. */
function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !['radio', 'checkbox'].includes(target.type);
  return target instanceof HTMLElement && (target.tagName === 'TEXTAREA' || target.isContentEditable);
}

/** A jump by address would be taken for the name of a screen. */
function focusContent(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}
