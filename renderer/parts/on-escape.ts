// Esc closes what is beside a list, wherever in both the focus is.
import type { KeyboardEvent } from 'react';

/** For `onKeyDown` of the element around both. What floats above them takes its own Esc. */
export function onEscape(close: () => void): (event: KeyboardEvent) => void {
  return ({ key, target, currentTarget }) => {
    // React lets events of menus and dialogs rise to here, though they stand elsewhere in the page.
    if (key === 'Escape' && target instanceof Node && currentTarget.contains(target)) close();
  };
}
