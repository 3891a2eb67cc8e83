// Electron's fuses as every build of the app has them: what is switched off there, no variable and no flag brings back.
import { FuseV1Options, FuseVersion, type FuseConfig } from '@electron/fuses';

/** All fuses of Electron 45. Where a later Electron has more, the build fails until it is said here what they are to be. */
export const fuses = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  resetAdHocDarwinSignature: true,
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // Not a door: without it WebAssembly is only slower.
  [FuseV1Options.WasmTrapHandlers]: true,
} as const satisfies FuseConfig;
