// What SQLite's refusals mean to a person.
import { RiachoError } from '../../words/errors.ts';

/** SQLite's primary result codes. Source: sqlite.org/rescode.html. */
const codes = { perm: 3, busy: 5, locked: 6, readonly: 8, ioerr: 10, full: 13, cantopen: 14 } as const;

/** SQLITE_IOERR_SHMSIZE: the file beside a WAL could not grow, as on a full disk. */
const noRoomForShared = 4_874;

/** An error of `node:sqlite` about the file at `path`, as a fault; any other error as it is. */
export function sqliteFault(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return error;
  const detail = 'errstr' in error && typeof error.errstr === 'string' ? error.errstr : error.message;
  // The upper bits tell the cases of one code apart.
  if (error.errcode === noRoomForShared) return new RiachoError('DISK_FULL', { path }, error);
  switch (error.errcode & 0xff) {
    case codes.busy:
    case codes.locked:
      return new RiachoError('DATABASE_LOCKED', { path }, error);
    case codes.full:
      return new RiachoError('DISK_FULL', { path }, error);
    case codes.perm:
    case codes.readonly:
    case codes.ioerr:
    case codes.cantopen:
      return new RiachoError('FILE_UNWRITABLE', { path, detail }, error);
    default:
      return new RiachoError('DATABASE_UNREADABLE', { path, detail }, error);
  }
}
