// The producer's and the consumer's runs: at most one of each at a time, watched through one feed.
import { RiachoError } from '../words/errors.ts';
import type { ConsumerFrame, ConsumerMode, ProducerFrame, TopicSum } from '../words/runs.ts';
import { usersGroup, usersTopic } from '../words/users.ts';
import { liveRateMax, type producerInput } from '../contract/contract.ts';
import type { z } from 'zod';
import type { UsersConsumer } from '../pipeline/users/consumer/consumer.ts';
import { sumOf, toPosition } from '../pipeline/users/consumer/position.ts';
import type { UsersProducer } from '../pipeline/users/producer/producer.ts';
import type { Connections } from './connections.ts';
import type { Log } from './log.ts';
import { Feed } from './streams/feed.ts';

export interface RunFrames {
  producer?: ProducerFrame;
  consumer?: ConsumerFrame;
}

function isActive(frame: ProducerFrame | ConsumerFrame | undefined): boolean {
  return frame !== undefined && frame.state.status !== 'done' && frame.state.status !== 'failed';
}

export class Runs {
  readonly #connections: Connections;
  readonly #log: Log;
  #producer: UsersProducer | undefined;
  #consumer: UsersConsumer | undefined;
  readonly feed = new Feed<RunFrames>(() => this.frames());

  constructor(connections: Connections, log: Log) {
    this.#connections = connections;
    this.#log = log;
  }

  frames(): RunFrames {
    return {
      ...(this.#producer && { producer: this.#producer.frame() }),
      ...(this.#consumer && { consumer: this.#consumer.frame() }),
    };
  }

  /** Rejects with `RUN_ACTIVE` while one is running, or with what keeps the source or the broker from starting. */
  async startProducer(input: z.output<typeof producerInput>): Promise<void> {
    if (isActive(this.#producer?.frame())) throw new RiachoError('RUN_ACTIVE', { run: 'producer' });
    const isLive = input.url === undefined && (input.source === 'auto' || input.source === 'randomuser');
    const rate = input.rate === 'max' ? Number.POSITIVE_INFINITY : input.rate;
    if (isLive && input.source === 'randomuser' && rate > liveRateMax) {
      throw new RiachoError('BAD_INPUT', { detail: `rate ${input.rate} > ${liveRateMax} (randomuser.me)` });
    }
    const lab = await this.#connections.open();
    await lab.ensureTopics();
    const [{ UsersProducer }, { openSource }] = await Promise.all([
      import('../pipeline/users/producer/producer.ts'),
      import('../pipeline/users/sources/open-source.ts'),
    ]);
    const source = openSource({
      source: input.source,
      ...(input.url !== undefined && { url: input.url }),
      ...(input.replayFile !== undefined && { replayFile: input.replayFile }),
      seed: input.seed ?? Math.floor(Math.random() * 2 ** 31),
      onFallback: (fault) => producer.noteFallback(fault),
    });
    const producer = new UsersProducer({
      broker: lab.broker,
      source,
      rate,
      ...(isLive && { liveRateMax }),
      ...(input.forMs !== undefined && { durationMs: input.forMs }),
      ...(input.count !== undefined && { count: input.count }),
      faultyPercent: input.faultyPercent,
      ensureTopics: () => lab.ensureTopics(),
      log: this.#log,
    });
    this.#producer = producer;
    await producer.start();
  }

  async stopProducer(): Promise<void> {
    await this.#producer?.stop();
  }

  /** Resolves when the positions of `mode` are committed. */
  async startConsumer(mode: ConsumerMode, signal?: AbortSignal): Promise<void> {
    if (isActive(this.#consumer?.frame())) throw new RiachoError('RUN_ACTIVE', { run: 'consumer' });
    const lab = await this.#connections.open();
    await lab.ensure();
    const { UsersConsumer } = await import('../pipeline/users/consumer/consumer.ts');
    this.#consumer = new UsersConsumer({
      broker: lab.broker,
      database: lab.database,
      mode,
      ensureTopics: () => lab.ensureTopics(),
      log: this.#log,
    });
    await this.#consumer.start(signal);
  }

  async stopConsumer(): Promise<void> {
    await this.#consumer?.stop();
  }

  async isCaughtUp(): Promise<boolean> {
    return (await this.#consumer?.isCaughtUp()) ?? false;
  }

  /** The sum for the lab's topic and group: committed positions, and newer ones where a consumer runs here. */
  async sum(): Promise<TopicSum> {
    const { broker } = await this.#connections.open();
    const committed = await broker.positions(usersGroup, usersTopic);
    const live = isActive(this.#consumer?.frame()) ? this.#consumer?.positions() : undefined;
    const ranges = await broker.ranges(usersTopic);
    const positions = new Map(
      ranges.map((range) => [
        range.partition,
        live?.get(range.partition) ??
          toPosition(
            committed.find(({ partition }) => partition === range.partition),
            range,
          ),
      ]),
    );
    return sumOf(ranges, positions);
  }

  async close(): Promise<void> {
    await this.stopProducer();
    await this.stopConsumer();
  }
}
