// Another program in our consumer group.
import kafkajs, { type Consumer } from 'kafkajs';
import { usersGroup, usersTopic } from '../../words/users.ts';
import type { Lab } from '../integration/lab.ts';

/** It reads and keeps nothing, so that its partitions rest while it is there. */
export class Guest {
  readonly #kafka: kafkajs.Kafka;
  #consumer: Consumer | undefined;
  #visits: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  /** Times it got partitions of its own. */
  joins = 0;

  constructor(lab: Lab) {
    this.#kafka = new kafkajs.Kafka({
      brokers: [lab.addresses.kafka],
      logLevel: kafkajs.logLevel.NOTHING,
      clientId: 'guest',
    });
  }

  /** Comes at once, goes after `everyMs`, comes again after as long, and so on. */
  begin(everyMs: number): void {
    const turn = (): void => {
      this.#visits = this.#visits.then(() => (this.#consumer ? this.#go() : this.#come()));
    };
    turn();
    this.#timer = setInterval(turn, everyMs);
  }

  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#visits;
    await this.#go();
  }

  async #come(): Promise<void> {
    const consumer = this.#kafka.consumer({ groupId: usersGroup, sessionTimeout: 6_000 });
    this.#consumer = consumer;
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      if ((payload.memberAssignment[usersTopic] ?? []).length > 0) this.joins += 1;
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [usersTopic] });
    await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: async () => {} });
  }

  async #go(): Promise<void> {
    await this.#consumer?.disconnect();
    this.#consumer = undefined;
  }
}
