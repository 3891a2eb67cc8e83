// A part of the page that is fetched when it is first needed. A browser breaks off what it fetches when the machine's
// network changes, as it does whenever Docker starts a container: that is fetched again.
import { lazy } from 'react';

const waitsMs = [200, 800, 2_000];

async function again<T>(load: () => Promise<T>): Promise<T> {
  for (const ms of waitsMs) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
  }
  return load();
}

/** Vite takes a stylesheet that it has asked for once as there: what is broken is put into the page anew. */
function fetchStylesAgain({ target }: Event): void {
  if (!(target instanceof HTMLLinkElement) || target.rel !== 'stylesheet') return;
  setTimeout(() => target.replaceWith(target.cloneNode()), waitsMs[0]);
}
window.addEventListener('error', fetchStylesAgain, { capture: true });

/** As React's `lazy`. */
export const lazily: typeof lazy = (load) => lazy(() => again(load));
