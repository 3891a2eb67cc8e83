// What the window looked like when it was left, kept beside the browser's own files and never in the data folder.
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const bounds = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
export type Bounds = z.infer<typeof bounds>;

export const windowState = z.object({
  bounds: bounds.optional(),
  isMaximized: z.boolean().default(false),
  /** As in the settings, which are read later than the window opens. */
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  language: z.enum(['system', 'en', 'pt-BR']).default('system'),
});
export type WindowState = z.infer<typeof windowState>;

/** A file that is missing or not ours is as good as none. */
export function readWindowState(path: string): WindowState {
  try {
    return windowState.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return windowState.parse({});
  }
}

/** Forgetting it is no fault that anyone should hear of. */
export function writeWindowState(path: string, state: WindowState): void {
  try {
    writeFileSync(path, JSON.stringify(state));
  } catch {
    // The next window opens where the system puts it.
  }
}

/** The bounds, if enough of their title bar to take hold of lies on one of the screens. */
export function visibleBounds(saved: Bounds | undefined, screens: readonly Bounds[]): Bounds | undefined {
  if (!saved) return undefined;
  const handle = { width: 100, height: 30 };
  const isVisible = screens.some((screen) => {
    const left = Math.max(saved.x, screen.x);
    const right = Math.min(saved.x + saved.width, screen.x + screen.width);
    const isTopInside = saved.y >= screen.y && saved.y + handle.height <= screen.y + screen.height;
    return right - left >= handle.width && isTopInside;
  });
  return isVisible ? saved : undefined;
}
