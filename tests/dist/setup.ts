// What the tests of the packages need, once for all of them: the packages, and a screen. What this machine lacks for
// that fails the run: whoever asks for these tests wants them run.
import type { TestProject } from 'vitest/node';
import { openScreen } from '../electron/screen.ts';
import { buildPackages } from './build.ts';

declare module 'vitest' {
  interface ProvidedContext {
    display: string;
  }
}

export default async function setup({ provide }: TestProject): Promise<() => void> {
  // For whoever works at a test: the packages as they were built last.
  if (!process.env['RIACHO_DIST_BUILT']) await buildPackages();
  const screen = await openScreen();
  provide('display', screen.display);
  return () => screen.close();
}
