// A run of the consumer whose work a Spark job does: submits it, follows what it says, ends it. Reads and writes no record.
import { pipeline } from 'node:stream/promises';
import type { Position } from '../../pipeline/users/consumer/position.ts';
import type { Broker } from '../../pipeline/kafka/broker.ts';
import type { DriverOrder, SparkDriver } from '../../stack/spark-driver.ts';
import { faultOf, RiachoError } from '../../words/errors.ts';
import type { ConsumerFrame, ConsumerMode } from '../../words/runs.ts';
import { usersTopic } from '../../words/users.ts';
import type { ConsumerRun } from '../consumer-run.ts';
import type { Log } from '../log.ts';
import { parseJobEvent } from './job-events.ts';
import type { JobLog } from './job-log.ts';
import { JobState } from './job-state.ts';
import { lineSink } from './line-sink.ts';

export interface SparkRunOptions {
  mode: ConsumerMode;
  startDriver: (order: DriverOrder) => Promise<SparkDriver>;
  broker: Pick<Broker, 'ranges'>;
  openJobLog: () => JobLog;
  log: Log;
}

/** `start` it once; it runs until `stop`, or until its driver ends by itself. */
export class SparkRun implements ConsumerRun {
  readonly #options: SparkRunOptions;
  readonly #job: JobState;
  readonly #giveUp = new AbortController();
  #driver: SparkDriver | undefined;
  #starting: Promise<void> | undefined;
  /** Settles when the driver is gone. */
  #over: Promise<void> = Promise.resolve();

  constructor(options: SparkRunOptions) {
    this.#options = options;
    this.#job = new JobState(options.mode);
  }

  /** Resolves when the job runs; rejects with what keeps it from that, or with `CANCELLED`. */
  start(signal?: AbortSignal): Promise<void> {
    this.#starting = this.#start(signal);
    return this.#starting;
  }

  async #start(signal: AbortSignal | undefined): Promise<void> {
    const { mode, startDriver } = this.#options;
    const abandon = (): void => void this.stop();
    signal?.addEventListener('abort', abandon, { once: true });
    try {
      if (signal?.aborted) this.#giveUp.abort();
      const driver = await startDriver({
        flags: ['--mode', mode, '--no-create'],
        signal: this.#giveUp.signal,
      });
      this.#driver = driver;
      this.#job.launched();
      const runs = Promise.withResolvers<void>();
      this.#over = this.#follow(driver, () => runs.resolve());
      if (this.#giveUp.signal.aborted) await driver.stop();
      await Promise.race([runs.promise, this.#over]);
    } catch (error) {
      this.#job.fail(faultOf(error));
      throw error;
    } finally {
      signal?.removeEventListener('abort', abandon);
    }
    const { state } = this.#job;
    if (state.status === 'failed') throw new RiachoError(state.fault.code, state.fault.params);
    if (this.#giveUp.signal.aborted) throw new RiachoError('CANCELLED');
  }

  /** Hears what the driver says until it is gone. Never rejects. */
  async #follow(driver: SparkDriver, onRunning: () => void): Promise<void> {
    const jobLog = this.#options.openJobLog();
    const hear = (line: string): void => {
      jobLog.add(line);
      const event = parseJobEvent(line);
      if (event) this.#job.said(event, driver.addresses);
      if (event?.event === 'running') onRunning();
    };
    const heard = Promise.all([
      pipeline(driver.stdout, lineSink(hear)),
      pipeline(
        driver.stderr,
        lineSink((line) => jobLog.add(line)),
      ),
    ]);
    try {
      const [end] = await Promise.all([driver.ended, heard]);
      this.#job.ended(end, jobLog.last);
    } catch (error) {
      this.#options.log('the Spark job cannot be followed any more', error);
      this.#job.fail(faultOf(error));
    }
    await jobLog.close();
  }

  frame(): ConsumerFrame {
    return this.#job.frame();
  }

  positions(): Map<number, Position> {
    return this.#job.positions();
  }

  async isCaughtUp(): Promise<boolean> {
    const positions = this.#job.positions();
    if (positions.size === 0) return false;
    const ranges = await this.#options.broker.ranges(usersTopic);
    return ranges.every(({ partition, high }) => (positions.get(partition)?.offset ?? 0) >= high);
  }

  /** The batch at work may end; what it does not end is done again by the next run. */
  async stop(): Promise<void> {
    this.#job.stopping();
    this.#giveUp.abort();
    await this.#driver?.stop();
    await this.#starting?.catch(() => undefined);
    await this.#over;
  }
}
