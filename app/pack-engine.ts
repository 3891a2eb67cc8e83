// What the packed app takes along for the embedded engine, put into a folder; the jars come from this machine's cache.
import { packEngine } from '../stack/embedded/pack.ts';
import { defaultFolders } from './folders.ts';

/** Fills `folder` anew with `jre/` and `jars/`. */
export async function packEngineInto(folder: string): Promise<void> {
  await packEngine({ ...defaultFolders(), folder });
}
