// The product's afterPack for the old Electron that the tests can have: the same fuses, as far as that one has them.
import { FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses';
import type { AfterPackContext } from 'electron-builder';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fuses } from '../../electron/dist/fuses.ts';

/** The fuses that the program at `path` has, by their place in its row. */
export async function fusesIn(path: string): Promise<FuseV1Options[]> {
  const { version: _version, ...states } = await getCurrentFuseWire(path);
  return Object.keys(states)
    .map(Number)
    .filter((fuse): fuse is FuseV1Options => fuse in FuseV1Options);
}

export default async function afterPack(context: AfterPackContext): Promise<void> {
  const { appOutDir, packager } = context;
  const there = await fusesIn(join(appOutDir, packager.appInfo.productFilename.toLowerCase()));
  await packager.addElectronFuses(context, {
    version: FuseVersion.V1,
    ...Object.fromEntries(there.map((fuse) => [fuse, fuses[fuse]])),
  });
  // What starts an app from a folder there belongs to the tests' own runtime.
  await rm(join(appOutDir, 'resources', 'app'), { recursive: true, force: true });
}
