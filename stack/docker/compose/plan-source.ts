// The compose file and the profile as they are now, read again when what they depend on has changed. Starts nothing.
import type { StackProfile } from '../../../words/stack.ts';
import { readComposeFile } from './compose-file.ts';
import type { ComposeFile, ComposeService } from './compose-types.ts';
import { servicesOf } from './plan.ts';

export interface PlanOptions {
  /** Absolute path. */
  composeFile: string;
  /** Asked each time. */
  profile: () => StackProfile;
  /** Wins over this process's environment and over the file `.env` beside the compose file; asked each time. */
  env: () => Record<string, string>;
  /** Instead of the project's name in the file. */
  project?: string;
}

export interface Plan {
  file: ComposeFile;
  profile: StackProfile;
  /** What the profile runs, each after all that it depends on. */
  services: ComposeService[];
}

export class PlanSource {
  readonly #options: PlanOptions;
  #key: string | undefined;
  #known: Plan | undefined;
  #newest: Promise<Plan | undefined> = Promise.resolve(undefined);

  constructor(options: PlanOptions) {
    this.#options = options;
  }

  /** As it was when it could be read last; undefined before. */
  get known(): Plan | undefined {
    return this.#known;
  }

  /** Reads the file; rejects with `COMPOSE_UNREADABLE` or `COMPOSE_UNKNOWN_KEY`. */
  read(): Promise<Plan> {
    this.#key = this.#keyNow();
    const reading = this.#load();
    this.#newest = reading.catch(() => undefined);
    return reading;
  }

  /** What was read last, where neither profile nor variables have changed since; undefined where it cannot be read. */
  async current(): Promise<Plan | undefined> {
    if (this.#keyNow() !== this.#key) await this.read().catch(() => undefined);
    return this.#newest;
  }

  #keyNow(): string {
    return JSON.stringify([this.#options.profile(), this.#options.env()]);
  }

  async #load(): Promise<Plan> {
    const { composeFile: path, project } = this.#options;
    const profile = this.#options.profile();
    const env = { ...process.env, ...this.#options.env() };
    const file = await readComposeFile({ path, env, ...(project !== undefined && { project }) });
    this.#known = { file, profile, services: servicesOf(file, profile) };
    return this.#known;
  }
}
