// The fuses that every build has: none may get lost, and none may change unseen.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FuseV1Options } from '@electron/fuses';
import { expect, it } from 'vitest';
import { fuses } from './fuses.ts';

it('all fuses that are known are set, each as it is wanted, and strictly', () => {
  const known = Object.values(FuseV1Options).filter((fuse) => typeof fuse === 'number');
  const { version: _version, strictlyRequireAllFuses, resetAdHocDarwinSignature: _reset, ...set } = fuses;
  expect(strictlyRequireAllFuses).toBe(true);
  expect(Object.keys(set).map(Number)).toEqual(known);
  expect(set).toEqual({
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    [FuseV1Options.WasmTrapHandlers]: true,
  });
});

it('electron-builder sets them in every build, and packs an archive', async () => {
  const config = await readFile(join(import.meta.dirname, '../../electron-builder.yml'), 'utf8');
  expect(config).toMatch(/^afterPack: \.\/electron\/dist\/after-pack\.ts$/m);
  expect(config).toMatch(/^asar: true$/m);
  expect(config).not.toMatch(/disableFuses|electronFuses/);
});
