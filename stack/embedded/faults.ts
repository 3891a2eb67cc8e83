// Puts any failure of the embedded engine into the closed list of faults. Shows nothing to anyone.
import { RiachoError } from '../../words/errors.ts';

const detailChars = 200;

/** The system's code of an error (`ENOSPC`, …); undefined for errors that have none. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** `error` as a `RiachoError`. `folder` is the one that was being written to. */
export function asRiachoError(error: unknown, folder: string): RiachoError {
  if (error instanceof RiachoError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const detail = (text.split('\n')[0] ?? '').slice(0, detailChars);
  switch (systemCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new RiachoError('DISK_FULL', { path: folder }, error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
      return new RiachoError('DATA_FOLDER_UNWRITABLE', { path: folder, detail }, error);
    case undefined:
    default:
      return new RiachoError('UNEXPECTED', { detail }, error);
  }
}
