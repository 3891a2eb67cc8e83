// What people do and what goes wrong, as commands on a lab and on a model of sets: what must be a row, what a dead
// letter, and what was skipped because a group that had no place yet began at the end.
import fc, { type Arbitrary, type AsyncCommand } from 'fast-check';
import { expect } from 'vitest';
import type { ConsumerMode } from '../../words/runs.ts';
import { usersTopic } from '../../words/users.ts';
import { openLab, type Lab } from '../integration/lab.ts';
import { deadPorts } from '../integration/machine.ts';
import { Guest } from './guest.ts';
import { isSpoiled, letterPlaces, placed, placeOf } from './ride.ts';

/** Of the messages it is enough to know how many there are, and where the group began. */
export interface Model {
  produced: number;
  mode: ConsumerMode;
  /** Messages from before the group's first place; undefined while it has none. */
  skipped: number | undefined;
}

/** The lab as it is now: after a reset it has other addresses. */
export interface Real {
  lab: Lab;
}

export type Command = AsyncCommand<Model, Real>;

async function goesWell(lab: Lab, ...args: string[]): Promise<void> {
  expect(await lab.cli(...args)).toMatchObject({ code: 0, stderr: '' });
}

/** Reads to the end in the model's mode, and compares everything. */
async function readAll(model: Model, lab: Lab): Promise<void> {
  await goesWell(lab, 'consume', '--mode', model.mode, '--until-idle', '1s', '--json');
  model.skipped = model.mode === 'initial' ? 0 : (model.skipped ?? model.produced);
  const messages = await lab.messages(usersTopic);
  expect(messages.length).toBeGreaterThanOrEqual(model.produced);
  const spoiled = messages.filter(isSpoiled);
  const sum = await lab.topic();
  expect(sum).toMatchObject({ messages: messages.length, waiting: 0, skipped: model.skipped });
  expect(sum.written + sum.deadLetters).toBe(messages.length - model.skipped);
  const good = new Set(messages.filter((message) => !isSpoiled(message)).map(({ key }) => String(key)));
  const rows = await lab.rowIds();
  expect([...rows].filter((id) => !good.has(id))).toEqual([]);
  const letters = await letterPlaces(lab);
  expect([...letters].filter((place) => !spoiled.map(placeOf).includes(place))).toEqual([]);
  if (model.skipped > 0) return;
  expect([...good].filter((id) => !rows.has(id))).toEqual([]);
  expect(letters.size).toBe(spoiled.length);
}

class Produce implements Command {
  readonly #count: number;
  constructor(count: number) {
    this.#count = count;
  }
  check = (): boolean => true;
  async run(model: Model, { lab }: Real): Promise<void> {
    const amounts = ['--count', String(this.#count), '--rate', 'max', '--faulty', '10'];
    await goesWell(lab, 'produce', '--source', 'offline', ...amounts, '--json');
    model.produced += this.#count;
  }
  toString = (): string => `produce(${this.#count})`;
}

/** A consumer is killed as soon as it has placed something; what it did is then read on. */
class Crash implements Command {
  check = ({ produced, skipped }: Readonly<Model>): boolean => produced > 0 && skipped !== undefined;
  async run(model: Model, { lab }: Real): Promise<void> {
    await new Produce(2_000).run(model, { lab });
    const consumer = lab.start('consume', '--mode', 'append', '--json');
    await consumer.event(() => placed(consumer) > 0);
    consumer.process.kill('SIGKILL');
    await consumer.ended;
    await readAll({ ...model, mode: 'append' }, lab);
  }
  toString = (): string => 'crash';
}

class Rebalance implements Command {
  check = ({ skipped }: Readonly<Model>): boolean => skipped !== undefined;
  async run(model: Model, { lab }: Real): Promise<void> {
    const consumer = lab.start('consume', '--mode', 'append', '--until-idle', '2s', '--json');
    const guest = new Guest(lab);
    await consumer.event(({ event }) => event === 'progress');
    guest.begin(60_000);
    await new Produce(500).run(model, { lab });
    await guest.end();
    await consumer.ended;
    await readAll({ ...model, mode: 'append' }, lab);
  }
  toString = (): string => 'rebalance';
}

class Restart implements Command {
  check = (): boolean => true;
  async run(_model: Model, { lab }: Real): Promise<void> {
    await goesWell(lab, 'down');
    await goesWell(lab, 'up', '--detach', '--json');
  }
  toString = (): string => 'restart';
}

class SwitchMode implements Command {
  readonly #mode: ConsumerMode;
  constructor(mode: ConsumerMode) {
    this.#mode = mode;
  }
  check = (): boolean => true;
  async run(model: Model, { lab }: Real): Promise<void> {
    model.mode = this.#mode;
    await readAll(model, lab);
  }
  toString = (): string => `consume(${this.#mode})`;
}

class Reset implements Command {
  check = (): boolean => true;
  async run(model: Model, real: Real): Promise<void> {
    const { dataDir, broker, database } = real.lab;
    await broker.close();
    await database.close();
    await goesWell(real.lab, 'down', '--reset');
    real.lab = await openLab({ folder: dataDir, ports: await deadPorts() });
    Object.assign(model, { produced: 0, skipped: undefined });
  }
  toString = (): string => 'reset';
}

/** Every command there is. */
export const commands: Arbitrary<Command>[] = [
  fc.integer({ min: 1, max: 800 }).map((count) => new Produce(count)),
  fc.constantFrom<ConsumerMode>('initial', 'append').map((mode) => new SwitchMode(mode)),
  fc.constant(new Crash()),
  fc.constant(new Rebalance()),
  fc.constant(new Restart()),
  fc.constant(new Reset()),
];
