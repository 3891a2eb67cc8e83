// The sum that must hold, kept ready for whoever watches: how far the topic reaches is asked of the broker now and
// then, where a consumer of ours stands is known at every moment.
import { positionsOf, sumOf, type Position } from '../pipeline/users/consumer/position.ts';
import type { Broker, PartitionRange } from '../pipeline/kafka/broker.ts';
import type { Engine } from '../stack/engine.ts';
import type { TopicSum } from '../words/runs.ts';
import { usersGroup, usersTopic } from '../words/users.ts';
import type { Connections } from './connections.ts';

const everyMs = 250;
/** After an answer that was none: a topic that is not there yet, a broker that has gone. */
const patienceMs = 2_000;
/** What was asked longer ago than this is not known any more. */
const staleMs = 5_000;

export interface SumParts {
  engine: Pick<Engine, 'next'>;
  connections: Pick<Connections, 'isOpen' | 'letGo'> & {
    open(): Promise<{ broker: Pick<Broker, 'ranges' | 'positions'> }>;
  };
  /** Where our own consumer stands; undefined while none runs. */
  positions: () => ReadonlyMap<number, Position> | undefined;
  /** Whether a run of ours uses the clients. */
  hasRuns: () => boolean;
}

export class SumKeeper {
  readonly #parts: SumParts;
  #ranges: PartitionRange[] | undefined;
  #rangesAt = 0;
  #positions = new Map<number, Position>();
  #nextAt = Number.NEGATIVE_INFINITY;
  #asking: Promise<void> | undefined;

  constructor(parts: SumParts) {
    this.#parts = parts;
  }

  /**
   * The sum as it is known now; undefined while no Kafka answers. Whatever was asked when, it holds: ranges and
   * positions are added up in one go, and a position beyond its range is the newer truth.
   */
  now(): TopicSum | undefined {
    if (this.#ranges === undefined || performance.now() - this.#rangesAt > staleMs) return undefined;
    for (const [partition, { offset, counters }] of this.#parts.positions() ?? []) {
      this.#positions.set(partition, { offset, counters: { ...counters } });
    }
    return sumOf(this.#ranges, this.#positions);
  }

  /** To be called as often as somebody looks: asks the broker when it is time to, and not otherwise. */
  look(): void {
    if (this.#asking !== undefined || performance.now() < this.#nextAt) return;
    this.#asking = this.#ask()
      .then((isKnown) => this.#rest(isKnown ? everyMs : patienceMs))
      .catch(() => {
        this.#ranges = undefined;
        this.#rest(patienceMs);
      });
  }

  #rest(ms: number): void {
    this.#nextAt = performance.now() + ms;
    this.#asking = undefined;
  }

  async #ask(): Promise<boolean> {
    const { engine, connections, positions, hasRuns } = this.#parts;
    const { frame } = await engine.next(0);
    // The topic can be seen while Cassandra is away: that is when it fills.
    const isThere = frame.services.some(({ name, state }) => name === 'kafka' && state === 'healthy');
    const isGone = frame.stack === 'stopped' || frame.stack === 'failed';
    // Somebody else has stopped it: our clients would go on looking for it.
    if (isGone && connections.isOpen && !hasRuns()) await connections.letGo();
    if (!isThere) {
      this.#ranges = undefined;
      return frame.stack !== 'stopped';
    }
    const { broker } = await connections.open();
    const ranges = await broker.ranges(usersTopic);
    const live = positions();
    if (!ranges.every(({ partition }) => live?.has(partition))) {
      const committed = await broker.positions(usersGroup, usersTopic);
      this.#positions = positionsOf(ranges, committed);
    }
    this.#ranges = ranges;
    this.#rangesAt = performance.now();
    return true;
  }
}
