// Which screen is shown, in the address too, so that a reload stays where it was.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MessagePlace } from '../../words/browse.ts';
import { keepLab, recalledLab, type LabName } from './labs.ts';

export const screens = ['lab', 'services', 'messages', 'rows', 'settings'] as const;
export type Screen = (typeof screens)[number];

/** Where a record's way begins to be followed: at its message or at its row. */
export type FollowTarget = ({ by: 'message' } & MessagePlace) | { by: 'row'; id: string };

export interface Navigation {
  screen: Screen;
  /** Whose home the screen Lab is. */
  lab: LabName;
  isActivityOpen: boolean;
  /** The record whose way is shown at the right, above any screen. */
  following?: FollowTarget | undefined;
  /** A row to be looked up on Rows, as soon as that screen is there. */
  rowId?: string | undefined;
  /** A message to be opened on Messages, likewise. */
  message?: MessagePlace | undefined;
  /** Whether Messages is to begin with its dead letters; it takes this back once it has. */
  wantsDeadLetters?: boolean | undefined;
  /** A dead letter to be opened there, by its source. */
  letter?: MessagePlace | undefined;
}

function screenOf(hash: string): Screen {
  return screens.find((screen) => hash === `#/${screen}`) ?? 'lab';
}

/** Follows the address, and writes it. */
export function createNavigation(): StoreApi<Navigation> {
  const navigation = createStore<Navigation>(() => ({
    screen: screenOf(location.hash),
    lab: recalledLab(),
    isActivityOpen: false,
  }));
  navigation.subscribe(({ screen, lab }, before) => {
    if (lab !== before.lab) keepLab(lab);
    if (screenOf(location.hash) !== screen) location.hash = `#/${screen}`;
  });
  window.addEventListener('hashchange', () => navigation.setState({ screen: screenOf(location.hash) }));
  return navigation;
}
