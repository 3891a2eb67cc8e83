// What was done, by whichever client: the last things, with how each ended and the command that does the same.
import { actions, type Action, type Activity } from '../words/lab.ts';
import { faultOf, RiachoError, type Fault } from '../words/errors.ts';
import { describeAction } from './action-words.ts';
import { Feed, type Framed } from './streams/feed.ts';

/** Entries that are kept, and how many of them a client is told. */
const kept = 200;
const told = 100;

function asAction(path: string): Action | undefined {
  return actions.find((action) => action === path);
}

export class Activities {
  readonly #dataDir: string | undefined;
  readonly #entries: Activity[] = [];
  readonly #feed = new Feed(() => ({ entries: this.#entries.slice(-told) }));
  #lastId = 0;

  /** `dataDir`: where commands must be told that the data folder is not the usual one. */
  constructor(dataDir: string | undefined) {
    this.#dataDir = dataDir;
  }

  /** Runs a call of the contract; where it is something done, it becomes an entry. Passes on how the call ends. */
  async record<T>(path: string, input: unknown, run: () => T | PromiseLike<T>): Promise<T> {
    const action = asAction(path);
    if (action === undefined) return await run();
    const entry = this.#add(action, input);
    try {
      const result = await run();
      this.#end(entry, { status: 'done' });
      return result;
    } catch (error) {
      const isAbort = error instanceof Error && error.name === 'AbortError';
      const fault = isAbort ? new RiachoError('CANCELLED').fault : faultOf(error);
      this.#end(entry, fault.code === 'CANCELLED' ? { status: 'cancelled' } : { status: 'failed', fault });
      throw error;
    }
  }

  /** Notes something that failed before anybody could ask for it. */
  noteFailure(action: Action, fault: Fault): void {
    this.#end(this.#add(action, {}), { status: 'failed', fault });
  }

  /** All that are kept, the newest last. */
  get entries(): readonly Readonly<Activity>[] {
    return this.#entries;
  }

  next(after: number, signal?: AbortSignal): Promise<Framed<{ entries: Activity[] }>> {
    return this.#feed.next(after, signal);
  }

  #add(action: Action, input: unknown): Activity {
    this.#lastId += 1;
    const { detail, command } = describeAction(action, input, this.#dataDir);
    const entry: Activity = {
      id: this.#lastId,
      action,
      startedAt: Date.now(),
      status: 'running',
      detail,
      ...(command !== undefined && { command }),
    };
    this.#entries.push(entry);
    if (this.#entries.length > kept) this.#entries.shift();
    return entry;
  }

  #end(entry: Activity, outcome: Pick<Activity, 'status' | 'fault'>): void {
    Object.assign(entry, outcome, { endedAt: Date.now() });
  }
}
