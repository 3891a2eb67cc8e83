// An engine for addresses the user gives: asks the services who they are, and starts, stops and removes nothing.
// Making topics or tables there is not its business.
import { RiachoError, type ErrorCode, type Fault } from '../../words/errors.ts';
import {
  labService,
  type LabService,
  type ServiceName,
  type ServiceStatus,
  type StackAddresses,
  type StackStatus,
} from '../../words/stack.ts';
import type { Engine, ExternalProbes, StatusFrame } from '../engine.ts';
import type { DriverOrder, SparkDriver } from '../spark-driver.ts';
import { StackBoard } from '../stack-board.ts';
import { masterAnswers, masterPlace } from './master-answers.ts';

/** One service of a foreign cluster: its addresses, and how to ask one of them. */
interface Member {
  name: LabService | 'schema-registry' | 'spark-master';
  /** All its `host:port`, as a status shows them. */
  address: string;
  /** In the order of asking: the one that answered last stands first. */
  asked: string[];
  probe: (address: string) => Promise<string>;
}

export interface ExternalOptions {
  addresses: StackAddresses;
  probes: ExternalProbes;
  /** Runs the driver of a Spark job there; where the addresses name a master. */
  startDriver?: (order: DriverOrder) => Promise<SparkDriver>;
  /** How long a poll with nothing new is held. */
  pollMs?: number;
}

/**
 * `up` asks every broker and contact point in turn until one of each answers, and rejects with `BROKER_UNREACHABLE`
 * or `CASSANDRA_UNREACHABLE` {address} (all that were asked, with commas), or with the `RiachoError` a probe gave
 * (a refused login); `next` asks again; `down` and `close` leave the cluster alone; `reset` rejects with `BAD_INPUT`.
 * A registry is asked too where there is one, but the lab does without it: it stands among the services, and `up` does
 * not fail for it. A service without any address is `INPUT_MISSING` {detail}. A probe must settle in its own time: while one hangs,
 * its service keeps its last state and `up` waits.
 */
export function createExternalEngine(options: ExternalOptions): Engine {
  const { addresses, probes } = options;
  const members = [
    memberOf('kafka', addresses.brokers, (address) => probes.kafka(address)),
    memberOf('cassandra', addresses.contactPoints, (address) => probes.cassandra(address)),
    ...(addresses.schemaRegistry === undefined
      ? []
      : [
          memberOf('schema-registry', [addresses.schemaRegistry], (address) =>
            probes.schemaRegistry(address),
          ),
        ]),
    ...(addresses.sparkMaster === undefined
      ? []
      : [memberOf('spark-master', [masterPlace(addresses.sparkMaster)], masterAnswers)]),
  ];
  return new ExternalEngine(members, options);
}

function memberOf(name: Member['name'], addresses: string[], probe: Member['probe']): Member {
  return { name, address: addresses.join(','), asked: addresses, probe };
}

class ExternalEngine implements Engine {
  readonly kind = 'external';
  /** What runs there ran before, and goes on. */
  readonly adopted = true;
  readonly #members: Member[];
  readonly #addresses: StackAddresses;
  readonly #startDriver: ExternalOptions['startDriver'];
  readonly #board: StackBoard;
  #round: Promise<void> | undefined;

  constructor(members: Member[], { addresses, startDriver, pollMs }: ExternalOptions) {
    this.#members = members;
    this.#addresses = addresses;
    this.#startDriver = startDriver;
    const services = members.map(({ name, address }): ServiceStatus => ({ name, address, state: 'absent' }));
    this.#board = new StackBoard(stackOf(services), pollMs);
  }

  async next(after: number, signal?: AbortSignal): Promise<StatusFrame> {
    if (after === this.#board.version) void this.#probeAll();
    const status = await this.#board.next(after, signal);
    throwIfAborted(signal);
    return status;
  }

  async up(_options: { leaveRunning: boolean }, signal?: AbortSignal): Promise<StackStatus> {
    throwIfAborted(signal);
    // A healthy stack stays so for whoever works with it, until a probe says otherwise.
    if (this.#board.status.stack !== 'healthy') this.#board.publish(stackOf(this.#members.map(starting)));
    // A round that began before this call may know less than a person has mended since.
    const round = (this.#round ?? Promise.resolve()).then(() => this.#probeAll());
    await untilDoneOrAborted(round, signal);
    throwIfAborted(signal);
    const { status } = this.#board;
    for (const { name, fault } of status.services) {
      if (fault !== undefined && isNeeded(name)) throw new RiachoError(fault.code, fault.params);
    }
    return status;
  }

  async restartService(service: ServiceName): Promise<void> {
    throw new RiachoError('SERVICE_NOT_OURS', { service });
  }

  async stopService(service: ServiceName): Promise<void> {
    throw new RiachoError('SERVICE_NOT_OURS', { service });
  }

  async down(): Promise<void> {}

  async reset(): Promise<void> {
    throw new RiachoError('BAD_INPUT', { detail: 'nothing of an external cluster is removed' });
  }

  async addresses(): Promise<StackAddresses> {
    if (this.#board.status.stack !== 'healthy') throw new RiachoError('STACK_NOT_RUNNING');
    return this.#addresses;
  }

  async startDriver(order: DriverOrder): Promise<SparkDriver> {
    if (this.#startDriver === undefined) throw new RiachoError('SPARK_MISSING');
    return this.#startDriver(order);
  }

  async close(): Promise<void> {}

  /** One round at a time, whoever asks: a service that hangs is not asked again while it does. */
  #probeAll(): Promise<void> {
    this.#round ??= Promise.all(this.#members.map((member) => askService(member)))
      .then((services) => this.#board.publish(stackOf(services)))
      .finally(() => {
        this.#round = undefined;
      });
    return this.#round;
  }
}

const silent = {
  kafka: 'BROKER_UNREACHABLE',
  cassandra: 'CASSANDRA_UNREACHABLE',
  'schema-registry': 'REGISTRY_UNREACHABLE',
  'spark-master': 'SPARK_UNREACHABLE',
} as const satisfies Record<Member['name'], ErrorCode>;

/** Asks the addresses in turn; never rejects. */
async function askService(member: Member): Promise<ServiceStatus> {
  const { name, address: all, asked } = member;
  const unreachable = silent[name];
  let fault: Fault =
    asked.length === 0
      ? { code: 'INPUT_MISSING', params: { detail: name === 'kafka' ? 'Kafka' : 'Cassandra' } }
      : { code: unreachable, params: { address: all } };
  for (const address of asked) {
    try {
      await member.probe(address);
      member.asked = [address, ...asked.filter((other) => other !== address)];
      return { name, address: all, state: 'healthy' };
    } catch (error) {
      // A service that answers and refuses says more than one that is silent.
      if (error instanceof RiachoError && (error.code !== unreachable || name === 'schema-registry'))
        fault = error.fault;
    }
  }
  return { name, address: all, state: 'unhealthy', fault };
}

function starting({ name, address }: Member): ServiceStatus {
  return { name, address, state: 'starting', step: { kind: 'answering' } };
}

function untilDoneOrAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = () => resolve();
    signal?.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal?.removeEventListener('abort', giveUp));
  });
}

/** What the lab does without stands among the services, and keeps nothing from being used. */
function isNeeded(name: ServiceName): boolean {
  return labService.safeParse(name).success;
}

function stackOf(services: ServiceStatus[]): StackStatus {
  const needed = services.filter(({ name }) => isNeeded(name));
  const states = new Set(needed.map(({ state }) => state));
  const [first] = states;
  const stack = states.size === 1 && first !== undefined ? first : 'unhealthy';
  return { engine: 'external', stack, services, notices: [] };
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new RiachoError('CANCELLED', {}, signal.reason);
}
