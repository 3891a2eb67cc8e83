// One zip for whoever helps: logs, states, findings, versions. Holds no record, no secret, no user's name, and nothing
// of what a person typed.
import { open, readdir } from 'node:fs/promises';
import { arch, release } from 'node:os';
import { dirname, join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import packageFile from '../package.json' with { type: 'json' };
import { RiachoError } from '../words/errors.ts';
import type { Settings } from '../words/settings.ts';
import { writeWhole } from '../pipeline/export/whole-file.ts';
import type { Engine } from '../stack/engine.ts';
import type { Activities } from './activities.ts';
import type { Doctor } from './doctor.ts';

/** Of each log its end is enough. */
const logBytes = 2 * 1024 * 1024;

export interface DiagnosticsParts {
  /** Path of the app's log; the services' lie beside it. */
  logFile: string;
  engine: Engine;
  doctor: Doctor;
  settings: () => Settings;
  activities: Activities;
}

export class Diagnostics {
  readonly #parts: DiagnosticsParts;

  constructor(parts: DiagnosticsParts) {
    this.#parts = parts;
  }

  /** Writes the file, whole or not at all. Rejects with `FILE_UNWRITABLE` {path, detail} or `DISK_FULL` {path}. */
  async save(file: string): Promise<{ bytes: number }> {
    const { engine, doctor, settings, activities } = this.#parts;
    const [{ frame }, findings, logs] = await Promise.all([engine.next(0), doctor(), this.#logs()]);
    const content = {
      'versions.json': {
        riacho: packageFile.version,
        node: process.version,
        electron: process.versions['electron'],
        system: `${process.platform} ${release()} ${arch()}`,
      },
      'stack.json': frame,
      'doctor.json': findings,
      'settings.json': withoutUsers(settings()),
      // What was done and how it ended; with what is not told, since a statement or a path may name people.
      'activity.json': activities.entries.map(({ action, status, startedAt, endedAt, fault }) => ({
        action,
        status,
        startedAt,
        endedAt,
        fault: fault?.code,
      })),
    };
    const texts = Object.entries(content).map(([name, value]) => [
      name,
      strToU8(`${JSON.stringify(value, undefined, 2)}\n`),
    ]);
    const zip = zipSync({ ...Object.fromEntries(texts), logs });
    await writeWhole(file, (append) => append(zip)).catch((error: unknown) => {
      if (!(error instanceof RiachoError) || error.code !== 'EXPORT_UNWRITABLE') throw error;
      throw new RiachoError('FILE_UNWRITABLE', error.params, error);
    });
    return { bytes: zip.length };
  }

  async #logs(): Promise<Record<string, Uint8Array>> {
    const folder = dirname(this.#parts.logFile);
    const names = (await readdir(folder)).filter((name) => name.endsWith('.log'));
    const ends = await Promise.all(names.map((name) => endOf(join(folder, name))));
    return Object.fromEntries(names.map((name, index) => [name, ends[index] ?? new Uint8Array()]));
  }
}

function withoutUsers(settings: Settings): Settings {
  const hidden = (user: string): string => (user === '' ? '' : '***');
  const { external } = settings;
  const { kafkaUser, cassandraUser } = external;
  return {
    ...settings,
    external: { ...external, kafkaUser: hidden(kafkaUser), cassandraUser: hidden(cassandraUser) },
  };
}

/** The last bytes of a file; none where it cannot be read. */
async function endOf(path: string): Promise<Uint8Array> {
  const handle = await open(path, 'r').catch(() => undefined);
  if (handle === undefined) return new Uint8Array();
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, logBytes);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
