// electron-builder calls this on each app that it has put together, before it signs it: sets the fuses, all of them.
// Its own `electronFuses` knows neither the newest fuse nor how to be strict.
import type { AfterPackContext } from 'electron-builder';
import { fuses } from './fuses.ts';

export default async function afterPack(context: AfterPackContext): Promise<void> {
  await context.packager.addElectronFuses(context, fuses);
}
