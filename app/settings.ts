// What a person has set: kept in settings.json, and in force at once. Passwords stay in this object's memory.
import { stat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freeBytes } from '../stack/free-bytes.ts';
import { RiachoError } from '../words/errors.ts';
import {
  settings as settingsSchema,
  type Secrets,
  type Settings,
  type SettingsPatch,
} from '../words/settings.ts';
import type { CurrentEngine } from './current-engine.ts';
import { choiceOf } from './engine-choice.ts';
import { readSettings, writeSettings } from './settings-file.ts';

export interface SettingsParts {
  dataDir: string;
  engine: CurrentEngine;
  /** What the file held when the app was made. */
  initial: Settings;
  /** Whether a run is under way: its clients are those of the engine in force. */
  hasRuns: () => boolean;
  /** Lets go of the clients of the engine in force while `work` puts another in its place. */
  whileClosed: (work: () => Promise<void>) => Promise<void>;
}

export class SettingsService {
  readonly #parts: SettingsParts;
  #current: Settings;
  #secrets: Secrets = {};
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: SettingsParts) {
    this.#parts = parts;
    this.#current = parts.initial;
  }

  read(): Settings {
    return this.#current;
  }

  /**
   * Writes the parts that are given, and puts another engine or cluster in force. Rejects with `STACK_RUNNING` where
   * that needs a stack that is stopped, or a cluster that no run uses; with `FILE_UNWRITABLE`; then nothing is changed.
   */
  save(patch: SettingsPatch): Promise<Settings> {
    return this.#inOrder(async () => {
      const { engine } = this.#parts;
      // Another window may have written since: its parts are kept.
      const known = await readSettings(this.#parts.dataDir).catch(() => this.#current);
      const next = settingsSchema.parse({ ...known, ...patch });
      if (next.ports.kafka === next.ports.cassandra) {
        throw new RiachoError('BAD_INPUT', { detail: `Kafka = Cassandra = ${next.ports.kafka}` });
      }
      const isOther = patch.engine !== undefined && patch.engine !== engine.kind;
      const isElsewhere =
        engine.kind === 'external' &&
        next.engine === 'external' &&
        JSON.stringify(next.external) !== JSON.stringify(this.#current.external);
      const replace = isOther || isElsewhere ? await this.#replacement(next, this.#secrets) : undefined;
      await writeSettings(this.#parts.dataDir, next);
      await replace?.();
      this.#current = next;
      return next;
    });
  }

  /** Kept until the app ends. Rejects with `STACK_RUNNING` while a run uses the cluster they are for. */
  giveSecrets(secrets: Secrets): Promise<void> {
    return this.#inOrder(async () => {
      const all = { ...this.#secrets, ...secrets };
      if (this.#parts.engine.kind === 'external' && this.#current.engine === 'external') {
        await (
          await this.#replacement(this.#current, all)
        )();
      }
      this.#secrets = all;
    });
  }

  /** What lies in the data folder, and how much more would fit. */
  async dataFolder(): Promise<{ path: string; bytes: number; freeBytes: number }> {
    const { dataDir } = this.#parts;
    const free = await freeBytes(dataDir);
    return { path: dataDir, bytes: await bytesIn(dataDir), freeBytes: free };
  }

  /** Looks whether the engine may be replaced, and returns what does it. */
  async #replacement(wanted: Settings, secrets: Secrets): Promise<() => Promise<void>> {
    const { engine, hasRuns, whileClosed } = this.#parts;
    const { frame } = await engine.next(0);
    // What runs on a foreign cluster is not ours: only a run of our own holds it.
    const isFree = engine.kind === 'external' || ['stopped', 'absent', 'failed'].includes(frame.stack);
    if (hasRuns() || !isFree) throw new RiachoError('STACK_RUNNING');
    const choice = await choiceOf(wanted, secrets);
    return () => whileClosed(() => engine.replace(choice));
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    // Servers remove files while we look.
    files.map(({ parentPath, name }) =>
      stat(join(parentPath, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
