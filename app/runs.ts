// The producer's and the consumer's runs: at most one of each at a time, watched through one feed.
import { RiachoError, type Fault } from '../words/errors.ts';
import type { ConsumerFrame, ConsumerMode, Processor, ProducerFrame, TopicSum } from '../words/runs.ts';
import { usersGroup, usersTopic } from '../words/users.ts';
import { liveRateMax, type producerInput, type RunsFrame } from '../contract/contract.ts';
import type { z } from 'zod';
import type { PartitionRange } from '../pipeline/kafka/broker.ts';
import { positionsOf, sumOf, type Position } from '../pipeline/users/consumer/position.ts';
import type { UsersProducer } from '../pipeline/users/producer/producer.ts';
import { Latencies } from '../pipeline/users/consumer/latencies.ts';
import type { Engine } from '../stack/engine.ts';
import { silenceOf, toldWithout } from './broker-silence.ts';
import type { Connections, Lab } from './connections.ts';
import type { ConsumerRun } from './consumer-run.ts';
import { History } from './history.ts';
import type { Log } from './log.ts';
import { openJobLog } from './spark/job-log.ts';
import { Feed } from './streams/feed.ts';
import { SumKeeper } from './sum.ts';

export interface RunFrames {
  producer?: ProducerFrame;
  consumer?: ConsumerFrame;
}

function isActive(frame: ProducerFrame | ConsumerFrame | undefined): boolean {
  return frame !== undefined && frame.state.status !== 'done' && frame.state.status !== 'failed';
}

export class Runs {
  readonly #engine: Engine;
  readonly #connections: Connections;
  readonly #log: Log;
  readonly #dataDir: string;
  #producer: UsersProducer | undefined;
  #consumer: ConsumerRun | undefined;
  /** Of the two consumers that which the sum tells of; a Spark job's positions are in no group, but here. */
  #stands: ConsumerRun | undefined;
  readonly #sums: SumKeeper;
  readonly #latencies = new Latencies();
  /** Why no Kafka answers, as the stack said last. */
  #silence: Fault | undefined;
  /** Both runs, their pace, and the sum. */
  readonly feed = new Feed<RunsFrame>(() => this.#watched());
  readonly history = new History({
    frames: () => this.frames(),
    lag: () => this.#lag(),
    latency: () => this.#latencies.read(Date.now()),
  });

  constructor(parts: { engine: Engine; connections: Connections; dataDir: string; log: Log }) {
    const { engine, connections, dataDir, log } = parts;
    this.#dataDir = dataDir;
    this.#engine = engine;
    this.#connections = connections;
    this.#log = log;
    this.#sums = new SumKeeper({
      engine,
      connections,
      positions: () => this.#livePositions(),
      hasRuns: () => this.areActive,
    });
  }

  /** Whether a run is under way, or waits for what it needs. */
  get areActive(): boolean {
    return isActive(this.#producer?.frame()) || isActive(this.#consumer?.frame());
  }

  frames(): RunFrames {
    return {
      ...(this.#producer && { producer: toldWithout(this.#silence, this.#producer.frame()) }),
      ...(this.#consumer && { consumer: toldWithout(this.#silence, this.#consumerFrame(this.#consumer)) }),
    };
  }

  /** A Spark job knows no more than what it has read; how far the topic reaches is known here. */
  #consumerFrame(run: ConsumerRun): ConsumerFrame {
    const frame = run.frame();
    const waiting = frame.processor === 'spark' && run.positions().size > 0 && this.#sums.now()?.waiting;
    return typeof waiting === 'number' ? { ...frame, waiting } : frame;
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
  async startConsumer(
    { mode, processor }: { mode: ConsumerMode; processor: Processor },
    signal?: AbortSignal,
  ): Promise<void> {
    if (isActive(this.#consumer?.frame())) throw new RiachoError('RUN_ACTIVE', { run: 'consumer' });
    const lab = await this.#connections.open();
    await lab.ensure();
    const run = await (processor === 'spark' ? this.#sparkRun(mode, lab) : this.#builtinRun(mode, lab));
    this.#consumer = run;
    this.#stands = run;
    await run.start(signal);
  }

  async #builtinRun(mode: ConsumerMode, lab: Lab): Promise<ConsumerRun> {
    const { UsersConsumer } = await import('../pipeline/users/consumer/consumer.ts');
    return new UsersConsumer({
      broker: lab.broker,
      database: lab.database,
      mode,
      ensureTopics: () => lab.ensureTopics(),
      log: this.#log,
      onWritten: (message) => this.#latencies.note(message, Date.now()),
    });
  }

  async #sparkRun(mode: ConsumerMode, { broker }: Lab): Promise<ConsumerRun> {
    const { SparkRun } = await import('./spark/spark-run.ts');
    return new SparkRun({
      mode,
      broker,
      startDriver: (order) => this.#engine.startDriver(order),
      openJobLog: () => openJobLog(this.#dataDir),
      log: this.#log,
    });
  }

  async stopConsumer(): Promise<void> {
    await this.#consumer?.stop();
  }

  async isCaughtUp(): Promise<boolean> {
    return (await this.#consumer?.isCaughtUp()) ?? false;
  }

  /** The sum for the lab's topic and group: committed positions, and newer ones where a consumer runs here. */
  async sum(): Promise<TopicSum> {
    const { ranges, positions } = await this.#standing();
    return sumOf(ranges, positions);
  }

  /** Where the group stands in each partition, as in `sum`. */
  async positions(): Promise<ReadonlyMap<number, Position>> {
    return (await this.#standing()).positions;
  }

  async #standing(): Promise<{ ranges: PartitionRange[]; positions: Map<number, Position> }> {
    const { broker } = await this.#connections.open();
    const committed = await broker.positions(usersGroup, usersTopic);
    const live = this.#livePositions();
    const ranges = await broker.ranges(usersTopic);
    return { ranges, positions: new Map([...positionsOf(ranges, committed), ...(live ?? [])]) };
  }

  /** Where a consumer of ours stands just now; undefined while none runs that a group would not tell of. */
  #livePositions(): ReadonlyMap<number, Position> | undefined {
    const frame = this.#stands?.frame();
    return isActive(frame) || frame?.processor === 'spark' ? this.#stands?.positions() : undefined;
  }

  #watched(): RunsFrame {
    this.#sums.look();
    void this.#lookForKafka().catch(() => undefined);
    const sum = this.#sums.now();
    const latency = this.#latencies.read(Date.now());
    return {
      ...this.frames(),
      rates: this.history.rates(),
      ...(sum && { sum }),
      ...(latency && { latency }),
    };
  }

  async #lookForKafka(): Promise<void> {
    const { frame } = await this.#engine.next(0);
    this.#silence = silenceOf(frame);
  }

  /** For the history: also while nobody watches, a run's lag is worth a question to the broker. */
  #lag(): number | undefined {
    if (this.areActive) this.#sums.look();
    return this.#sums.now()?.waiting;
  }

  /** Stops both runs. */
  async close(): Promise<void> {
    await this.stopProducer();
    await this.stopConsumer();
    // The next stack may have another topic.
    this.#stands = undefined;
  }
}
