// The built-in processor: topic → decision → row or dead letter, at least once, in offset order.
// It never skips: what it cannot place it waits for, and says so in its frame.
import { setTimeout as delay } from 'node:timers/promises';
import { faultOf, RiachoError, type Fault } from '../../../words/errors.ts';
import type { ConsumerFrame, ConsumerMode, RunState } from '../../../words/runs.ts';
import type { DeadLetterReason } from '../../../words/dead-letters.ts';
import { usersGroup, usersTopic, type User } from '../../../words/users.ts';
import { RowRefusedError, type Database } from '../../cassandra/database.ts';
import type { Broker, GroupReader, Message, MessageBatch, MessageProducer } from '../../kafka/broker.ts';
import { decide } from '../decide.ts';
import { Books } from './books.ts';
import { areDoneByOthers, awaitFreeGroup, beatingUntil, startPositions } from './group.ts';
import type { Entry, Ledger, Tally } from './ledger.ts';
import { LetterDesk, type Refusal } from './letter-desk.ts';
import { toLetter } from './letters.ts';
import { toPosition, type Position } from './position.ts';
import { isPassing, isTableFault, Safekeeping } from './safekeeping.ts';
import { weightOf, Window } from './window.ts';

/** 128 to 256 writes in flight is where more stops helping. */
const inFlight = { entries: 256, bytes: 16 * 1024 * 1024 };
/** Messages between two heartbeats of a busy reader. */
const sliceSize = 256;
const commitIntervalMs = 250;
/** How long a stop waits for what is on its way before it leaves it to the next run. */
const stopPatienceMs = 20_000;

export interface ConsumerOptions {
  broker: Broker;
  database: Database;
  mode: ConsumerMode;
  /** Makes the dead letters' topic again where it has vanished; rejects where nothing may be created. */
  ensureTopics: () => Promise<void>;
  /** Everything noteworthy, for the log file. */
  log?: (message: string, detail?: unknown) => void;
  /** Told of each message whose row was acknowledged; must be quick. */
  onWritten?: (message: Message) => void;
  /** How counters are raised; tests drop an increment here to prove that the sum notices. */
  tally?: Tally;
}

/** A message that was taken: its place in the books, and what it weighs in the window. */
interface Taken {
  ledger: Ledger;
  entry: Entry;
  message: Message;
}

/** One run of the consumer. `start` it once; it runs until `stop`, or until it fails for good. */
export class UsersConsumer {
  readonly #options: ConsumerOptions;
  readonly #log: NonNullable<ConsumerOptions['log']>;
  readonly #reader: GroupReader;
  readonly #window = new Window(inFlight);
  readonly #books: Books;
  readonly #safe: Safekeeping;
  #producer: MessageProducer | undefined;
  #desk: LetterDesk | undefined;
  #loading: Promise<void> = Promise.resolve();
  #generation = 0;
  #arePositionsSet = false;
  #stopping: Promise<void> | undefined;
  #committing: Promise<void> = Promise.resolve();
  #isCommitting = false;
  #timer: NodeJS.Timeout | undefined;
  #state: RunState = { status: 'starting' };
  #lost = 0;
  readonly #startedAt = Date.now();
  #endedAt: number | undefined;

  constructor(options: ConsumerOptions) {
    this.#options = options;
    this.#log = options.log ?? (() => undefined);
    this.#books = new Books(options.tally);
    this.#reader = options.broker.openReader(usersGroup, usersTopic);
    this.#safe = new Safekeeping({
      database: options.database,
      reader: this.#reader,
      books: this.#books,
      log: this.#log,
      lost: (error) => this.#wait('cassandra', error),
      back: () => this.#run(),
      failed: (error) => this.#fail(error),
    });
  }

  /**
   * Joins the group and sets its positions as the mode says; resolves when they are committed.
   * Rejects with `GROUP_BUSY` when another consumer is alive, or with what keeps it from starting.
   */
  async start(signal?: AbortSignal): Promise<void> {
    const { broker } = this.#options;
    try {
      this.#state = { status: 'waiting', for: 'group' };
      await awaitFreeGroup(broker, usersGroup, signal);
      this.#state = { status: 'starting' };
      await this.#safe.open();
      this.#producer = await broker.openProducer();
      this.#desk = this.#openDesk(this.#producer);
      await this.#reader.start({
        joined: (partitions) => this.#onJoined(partitions),
        left: (cause) => this.#onLeft(cause),
        batch: (batch) => this.#onBatch(batch),
        gap: (partition, from, to) => this.#onGap(partition, from, to),
        failed: (error) => this.#fail(error),
      });
      await this.#loading;
      const failure = this.#failure;
      if (failure) throw new RiachoError(failure.code, failure.params);
      this.#timer = setInterval(() => this.#tick(), commitIntervalMs);
    } catch (error) {
      await this.#close();
      this.#fail(error);
      throw error;
    }
  }

  /** Counters of this run, now. Cheap: ask as often as you like. */
  frame(): ConsumerFrame {
    return {
      state: this.#state,
      mode: this.#options.mode,
      processor: 'builtin',
      ...this.#books.counts(),
      ...(this.#books.isOpen && { waiting: this.#books.waiting() }),
      rewinds: this.#safe.rewinds,
      lost: this.#lost,
      startedAt: this.#startedAt,
      ...(this.#endedAt !== undefined && { endedAt: this.#endedAt }),
    };
  }

  /** Where the partitions of this consumer stand, acknowledged though perhaps not yet committed. */
  positions(): Map<number, Position> {
    return this.#books.positions();
  }

  /**
   * Whether everything that is in the topic now has become a row or a dead letter for good: acknowledged, safe and
   * committed, not only acknowledged. Asks the broker; no answer is a no.
   */
  async isCaughtUp(): Promise<boolean> {
    if (!this.#books.isOpen || this.#safe.isRecovering) return false;
    try {
      const ranges = await this.#options.broker.ranges(usersTopic);
      this.#books.sawRanges(ranges);
      if (!(await areDoneByOthers(this.#options.broker, this.#books.missing(ranges)))) return false;
    } catch (error) {
      if (!isPassing(error)) throw error;
      return false;
    }
    return this.#books.isOpen && this.#books.waiting() === 0 && this.#isSafe;
  }

  /**
   * Takes nothing more, waits until what is acknowledged is also safe, commits it and leaves the group.
   * What cannot be made safe within some seconds is left to the next run, which writes it again.
   */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    if (!this.#failure) this.#state = { status: 'stopping' };
    clearInterval(this.#timer);
    await this.#committing;
    const late = performance.now() + stopPatienceMs + this.#safe.lagMs;
    while (!this.#isSafe && !this.#failure && performance.now() < late) {
      await delay(25);
      await this.#safe.commitRipe().catch((error: unknown) => this.#log('commit while stopping', error));
    }
    this.#endedAt = Date.now();
    await this.#close();
    if (!this.#failure) this.#state = { status: 'done' };
  }

  get #isSafe(): boolean {
    return this.#window.isEmpty && !this.#books.isBehind;
  }

  get #failure(): Fault | undefined {
    return this.#state.status === 'failed' ? this.#state.fault : undefined;
  }

  async #close(): Promise<void> {
    clearInterval(this.#timer);
    this.#desk?.close();
    this.#safe.close();
    await this.#reader.close().catch((error: unknown) => this.#log('closing the reader', error));
    await this.#producer?.close().catch((error: unknown) => this.#log('closing the producer', error));
  }

  #fail(error: unknown): void {
    if (this.#failure) return;
    this.#log('the consumer failed', error);
    this.#state = { status: 'failed', fault: faultOf(error) };
    this.#endedAt = Date.now();
    clearInterval(this.#timer);
  }

  // ── the group ──────────────────────────────────────────────────────────────────────────────────────────

  #onJoined(partitions: readonly number[]): void {
    this.#endGeneration();
    this.#loading = this.#load(partitions, this.#generation);
    this.#loading.catch((error: unknown) => this.#fail(error));
  }

  #onLeft(cause: 'rebalance' | 'broker'): void {
    this.#endGeneration();
    if (cause === 'broker') this.#wait('kafka');
  }

  #endGeneration(): void {
    this.#generation += 1;
    this.#books.close();
  }

  /** Reads positions and counters anew, as often as the broker makes it necessary. */
  async #load(partitions: readonly number[], generation: number): Promise<void> {
    const { broker, mode } = this.#options;
    while (generation === this.#generation && !this.#stopping) {
      try {
        const ranges = await broker.ranges(usersTopic);
        const committed = await broker.positions(usersGroup, usersTopic);
        await this.#safe.begin();
        const set = this.#arePositionsSet ? [] : startPositions(mode, ranges, committed);
        if (set.length > 0) await this.#reader.commit(set);
        if (generation !== this.#generation) return;
        this.#arePositionsSet = true;
        const known = new Map([...committed, ...set].map((position) => [position.partition, position]));
        const mine = ranges.filter(({ partition }) => partitions.includes(partition));
        this.#books.sawRanges(ranges);
        this.#books.open(
          new Map(mine.map((range) => [range.partition, toPosition(known.get(range.partition), range)])),
        );
        // The library may have read the older positions by now, and would wait there for ever.
        for (const { partition, offset } of set) this.#reader.seek(partition, offset);
        this.#run();
        return;
      } catch (error) {
        if (!isPassing(error)) throw error;
        this.#wait(error.code === 'CASSANDRA_UNREACHABLE' ? 'cassandra' : 'kafka', error);
        await delay(commitIntervalMs);
      }
    }
  }

  // ── messages ───────────────────────────────────────────────────────────────────────────────────────────
  async #onBatch(batch: MessageBatch): Promise<void> {
    await beatingUntil(this.#loading, batch);
    const ledger = this.#books.ledger(batch.partition);
    if (this.#stopping || !ledger) {
      // Nothing is taken any more; without a pause the same fetch would come round at full speed.
      await delay(commitIntervalMs);
      await batch.heartbeat();
      return;
    }
    if (batch.isStale() || !(await this.#isAligned(ledger, batch))) return;
    this.#books.sawHigh(batch.partition, batch.highWatermark);
    for (let from = 0; from < batch.messages.length; from += sliceSize) {
      for (const message of batch.messages.slice(from, from + sliceSize)) {
        while (!this.#window.fits(weightOf(message)) || this.#safe.isRecovering) {
          this.#desk?.flush();
          await this.#window.changed(commitIntervalMs);
          await batch.heartbeat();
          if (this.#isOver(ledger, batch)) return;
        }
        this.#place(ledger, message);
      }
      this.#desk?.flush();
      if (this.#isOver(ledger, batch)) return;
      batch.resolve(ledger.next - 1);
      await batch.heartbeat();
    }
    // A transaction's marker may stand behind the last message.
    if (!this.#isOver(ledger, batch)) ledger.skipTo(batch.lastOffset, performance.now());
  }

  #isOver(ledger: Ledger, batch: MessageBatch): boolean {
    return !this.#books.isCurrent(ledger) || this.#stopping !== undefined || batch.isStale();
  }

  /**
   * Whether this fetch is the one asked for. A fetch from before a seek is not; one from behind our position
   * is only after messages were removed from the topic, which is counted and said.
   */
  async #isAligned(ledger: Ledger, batch: MessageBatch): Promise<boolean> {
    if (batch.fetchedOffset === ledger.next) return true;
    const ranges = await this.#options.broker.ranges(usersTopic);
    const low = ranges.find(({ partition }) => partition === batch.partition)?.low ?? 0;
    if (this.#isOver(ledger, batch)) return false;
    if (low > ledger.next) {
      this.#lost += ledger.skipTo(low - 1, performance.now());
      this.#log(`offsets before ${low} of partition ${batch.partition} are gone`);
    }
    if (batch.fetchedOffset === ledger.next) return true;
    this.#reader.seek(batch.partition, ledger.next);
    return false;
  }

  #onGap(partition: number, from: number, to: number): void {
    const ledger = this.#books.ledger(partition);
    if (ledger && !this.#stopping && !this.#safe.isRecovering && from <= ledger.next) {
      ledger.skipTo(to, performance.now());
    }
  }

  #place(ledger: Ledger, message: Message): void {
    const taken = { ledger, message, entry: ledger.take(message.offset) };
    this.#window.take(weightOf(message));
    const decision = decide(message.value);
    if ('row' in decision) void this.#write(taken, decision.row);
    else this.#refuse(taken, decision.reason);
  }

  async #write(taken: Taken, row: User): Promise<void> {
    const { ledger, entry, message } = taken;
    try {
      await this.#options.database.upsert(row);
    } catch (error) {
      if (error instanceof RowRefusedError) {
        this.#log(`the table refused offset ${message.offset} of partition ${message.partition}`, error);
        await this.#refuseByTable(taken);
      } else {
        this.#window.give(weightOf(message));
        // One that was written for books already gone back says nothing new.
        if (this.#books.isCurrent(ledger)) this.#safe.lose(error);
      }
      return;
    }
    ledger.settle(entry, 'written', performance.now());
    this.#options.onWritten?.(message);
    this.#window.give(weightOf(message));
  }

  #refuse({ ledger, entry, message }: Taken, reason: DeadLetterReason): void {
    this.#desk?.add({
      ledger,
      entry,
      weight: weightOf(message),
      letter: toLetter(message, reason, new Date()),
    });
  }

  /** A row at fault is a dead letter; a table that was dropped or altered under us refuses every row, and ends the run. */
  async #refuseByTable(taken: Taken): Promise<void> {
    try {
      await this.#options.database.ensureUsersTable(undefined);
    } catch (error) {
      this.#window.give(weightOf(taken.message));
      if (isTableFault(error)) this.#fail(error);
      else this.#safe.lose(error);
      return;
    }
    this.#refuse(taken, 'refused-by-table');
    this.#desk?.flush();
  }

  #openDesk(producer: MessageProducer): LetterDesk {
    return new LetterDesk({
      producer,
      isCurrent: (ledger) => this.#books.isCurrent(ledger),
      failed: async (error) => {
        this.#wait('kafka', error);
        await this.#options.ensureTopics().catch((cause: unknown) => this.#log('making the topics', cause));
      },
      settled: (refusals, areSent) => this.#onLetters(refusals, areSent),
    });
  }

  #onLetters(refusals: readonly Refusal[], areSent: boolean): void {
    for (const { ledger, entry, weight } of refusals) {
      if (areSent) ledger.settle(entry, 'deadLetters', performance.now());
      this.#window.give(weight);
    }
    if (areSent && this.#state.status === 'waiting' && this.#state.for === 'kafka') this.#run();
  }

  #tick(): void {
    if (this.#stopping || this.#failure || this.#isCommitting) return;
    this.#isCommitting = true;
    this.#committing = this.#safe
      .commitRipe()
      .then(() => this.#options.broker.ranges(usersTopic))
      .then((ranges) => this.#books.sawRanges(ranges))
      .catch((error: unknown) => this.#log('commit', error))
      .finally(() => (this.#isCommitting = false));
  }

  #wait(what: 'kafka' | 'cassandra', why?: unknown): void {
    if (this.#stopping || this.#failure) return;
    this.#state = { status: 'waiting', for: what, ...(why !== undefined && { fault: faultOf(why) }) };
  }

  #run(): void {
    if (!this.#stopping && !this.#failure) this.#state = { status: 'running' };
  }
}
