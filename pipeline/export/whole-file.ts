// Writes a file that is there whole or not at all, whatever happens on the way.
// Knows nothing of what is written.
import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { RiachoError } from '../../words/errors.ts';

/** So much of the name is kept in the temporary one that, with its random end, it stays under the usual 255 bytes. */
const nameKept = /^.{0,40}/su;

/** Appends to the file; resolves when the system took the bytes, so awaiting each call is the back pressure. */
export type Append = (bytes: Uint8Array) => Promise<void>;

/**
 * Calls `write` with a way to append to a temporary file beside `file`; when it resolves, the bytes are synced to
 * disk and take the place of `file`. When it rejects, nothing is left behind, a former `file` is untouched, and its
 * error is passed on. Own errors: `EXPORT_UNWRITABLE` {path, detail}, `DISK_FULL` {path}.
 */
export async function writeWhole<T>(file: string, write: (append: Append) => Promise<T>): Promise<T> {
  await guard(file, () => refuseIrregular(file));
  const name = nameKept.exec(basename(file))?.[0] ?? '';
  const part = join(dirname(file), `.${name}.${randomBytes(6).toString('hex')}.part`);
  const handle = await guard(file, () => open(part, 'wx'));
  try {
    const result = await writeAndSync({ file, handle, write });
    await guard(file, () => rename(part, file));
    return result;
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw error;
  }
}

interface Writing<T> {
  file: string;
  handle: FileHandle;
  write: (append: Append) => Promise<T>;
}

async function writeAndSync<T>({ file, handle, write }: Writing<T>): Promise<T> {
  try {
    // `writeFile` of a handle goes on where the last write ended, and does not stop at a partial one.
    const result = await write((bytes) => guard(file, () => handle.writeFile(bytes)));
    await guard(file, () => handle.sync());
    await guard(file, () => handle.close());
    return result;
  } catch (error) {
    await handle.close().catch(() => undefined);
    throw error;
  }
}

/** A folder, a device or a pipe is not to be replaced by a file; better said before an hour of writing. */
async function refuseIrregular(file: string): Promise<void> {
  const found = await stat(file).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (found !== undefined && !found.isFile()) {
    throw new RiachoError('EXPORT_UNWRITABLE', {
      path: file,
      detail: found.isDirectory() ? 'EISDIR' : 'no regular file',
    });
  }
}

async function guard<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof RiachoError ? error : writeFault(path, error);
  }
}

/** What the system's refusal to write to `path` means to a person. */
export function writeFault(path: string, cause: unknown): RiachoError {
  const code = codeOf(cause);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new RiachoError('DISK_FULL', { path }, cause);
  return new RiachoError('EXPORT_UNWRITABLE', { path, detail: code ?? String(cause) }, cause);
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
