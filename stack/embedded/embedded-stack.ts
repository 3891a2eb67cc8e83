// The embedded stack as one thing: from jars and ports to two healthy services, and back. Knows no client.
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { RiachoError } from '../../words/errors.ts';
import { labService, type LabService, type ServiceStatus, type StackNotice } from '../../words/stack.ts';
import type { Probes } from '../engine.ts';
import { defineCassandra } from './cassandra.ts';
import { usualTuning, type StackSetting, type Tuning } from './definition.ts';
import { asRiachoError, systemCode } from './faults.ts';
import { clusterIdOf } from './identity.ts';
import { installCommand } from './install-command.ts';
import { jarNames, versionOf } from './jar-list.ts';
import { ensureJars, type JarStore } from './jars.ts';
import { findJava, javaPlaces, wantedMajor, type Java } from './java.ts';
import { defineKafka } from './kafka.ts';
import { clearLeftovers, unfinishedPath } from './leftovers.ts';
import { openServiceLog } from './logs.ts';
import { choosePorts, isListening, noPorts, type ClientPorts, type StackPorts } from './ports.ts';
import { ServiceGroup } from './service-group.ts';
import { awaitOrphans } from './stack-file.ts';
import { StatusBoard } from './status-board.ts';

export interface EmbeddedStackOptions {
  /** Holds the stack's data, logs and socket. An absolute path. */
  dataDir: string;
  /** Holds jars and start archives; stacks may share it. */
  cacheDir: string;
  /** `compose/embedded`: pom, lists of jars, templates, and in the packed app Java and the jars too. Only read. */
  resourcesDir: string;
  probes: Probes;
  /** What a person has chosen, asked at each start; the usual without it. */
  tuning?: () => Promise<Tuning>;
}

/** Several stacks may start at one moment; that it happens so often in a row is no accident. */
const portAttempts = 3;

const idle: ServiceStatus[] = labService.options.map((name) => ({ name, state: 'stopped', address: '' }));

/** Runs at most one Kafka and one Cassandra on one data folder; the caller holds the folder's lock. */
export class EmbeddedStack {
  readonly board: StatusBoard;
  readonly #options: EmbeddedStackOptions;
  readonly #servicesDir: string;
  #group = new ServiceGroup([]);
  #ended: Promise<void> = Promise.resolve();
  #start: { controller: AbortController; settled: Promise<void> } | undefined;

  constructor(options: EmbeddedStackOptions, onChange: () => void) {
    this.#options = options;
    this.#servicesDir = join(options.dataDir, 'services');
    this.board = new StatusBoard(idle, onChange);
  }

  /** Whether a service runs or is on its way. */
  get isActive(): boolean {
    return this.#start !== undefined || this.#group.isRunning;
  }

  /**
   * Starts what is not running; false when the stack was there already, be it without a service that was stopped by
   * itself and is started now. How it goes stands on the board.
   */
  up(): boolean {
    if (this.#start !== undefined || this.#group.isWhole) return false;
    const { held } = this.#group;
    if (held.length > 0) {
      // How one of them fails is said on the board.
      this.#begin(() => Promise.all(held.map((name) => this.#group.start(name)))).catch(() => undefined);
      return false;
    }
    this.#sayAll({ state: 'starting', step: { kind: 'checking' } });
    void this.#begin((signal) => this.#bringUp(signal));
    return true;
  }

  /** Stops one service where it runs and starts it, at the same address. Rejects with what keeps it from starting. */
  async restart(name: LabService): Promise<void> {
    this.#throwIfBusy();
    await this.#begin(async (signal) => {
      const group = this.#group;
      await group.stop(name);
      this.#throwIfAborted(signal);
      await group.start(name);
    });
  }

  /** Stops one service and leaves the others. */
  async stop(name: LabService): Promise<void> {
    this.#throwIfBusy();
    await this.#begin(() => this.#group.stop(name));
  }

  /** Ends a start that is under way and every service; resolves when all have stopped. Never rejects. */
  async down(): Promise<void> {
    if (this.isActive) this.#sayAll({ state: 'stopping' });
    this.#start?.controller.abort();
    await this.#start?.settled;
    await this.#endGroup();
    this.#sayAll({ state: 'stopped' });
  }

  /** `down`, and the data is gone: set aside in one step, so that a crash leaves all of it or none. Rejects where it cannot. */
  async reset(): Promise<void> {
    await this.down();
    const aside = unfinishedPath(this.#servicesDir);
    await rename(this.#servicesDir, aside).catch((error: unknown) => {
      if (systemCode(error) !== 'ENOENT') throw error;
    });
    await rm(aside, { recursive: true, force: true });
    await clearLeftovers(this.#servicesDir);
  }

  /** Holds the stack for `work`; whoever stops the stack meanwhile aborts it, and with it every start under way. */
  #begin(work: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    const controller = new AbortController();
    controller.signal.addEventListener('abort', () => void this.#endGroup());
    const done = work(controller.signal)
      .then(() => undefined)
      .finally(() => {
        this.#start = undefined;
      });
    this.#start = { controller, settled: done.catch(() => undefined) };
    return done;
  }

  #tuning(): Promise<Tuning> {
    return this.#options.tuning?.() ?? Promise.resolve(usualTuning);
  }

  async #bringUp(signal: AbortSignal): Promise<void> {
    let java: Java | undefined;
    try {
      // After a failure one service may still run: its ports and jars are chosen anew with the other's.
      await this.#endGroup();
      const before = await awaitOrphans(this.#options.dataDir);
      await clearLeftovers(this.#servicesDir);
      java = await findJava(javaPlaces(this.#options.resourcesDir));
      const jars = await this.#ensureJars(java, signal);
      await this.#startSomewhere({ java, jars, before: portsOf(before), signal });
    } catch (error) {
      await this.#endGroup();
      if (signal.aborted) return;
      // Whole, with its causes and what Maven said, into the supervisor's log; people get the fault.
      process.stderr.write(`${new Date().toISOString()} ERROR ${inspect(error)}\n`);
      this.#sayFault(await faultOf(error, java, this.#options.dataDir));
    }
  }

  /**
   * A port can be taken between our look and the server's own bind: then once more, and that server on another. Two
   * stacks that took one from each other would do so again if both wanted the same ones.
   */
  async #startSomewhere({ java, jars, before, signal }: Somewhere): Promise<void> {
    const { ports: usual } = await this.#tuning();
    const wanted = { ...usual };
    for (let attempt = 1; ; attempt += 1) {
      const ports = await choosePorts(wanted, attempt === 1 ? before : noPorts);
      this.board.setNotices(notices(java, ports, usual));
      await this.#createGroup(java, jars, ports);
      this.#throwIfAborted(signal);
      try {
        return await this.#group.startAll();
      } catch (error) {
        const told = error instanceof RiachoError ? error : undefined;
        const taken = await Promise.all(Object.values(ports).map((port) => isListening(port)));
        const isPortTaken = told?.code === 'SERVICE_FOREIGN' || taken.includes(true);
        if (signal.aborted || attempt === portAttempts || !isPortTaken) throw error;
        const loser = labService.safeParse(told?.params['service']).data;
        if (loser) wanted[loser] = 0;
      }
    }
  }

  async #ensureJars(java: Java, signal: AbortSignal): Promise<JarStore> {
    const { cacheDir, resourcesDir } = this.#options;
    const jars = await ensureJars({
      cacheDir,
      resourcesDir,
      java,
      signal,
      onProgress: (done, total) =>
        this.#sayAll({ state: 'pulling', step: { kind: 'fetching', done, total } }),
    });
    this.#sayAll({ state: 'starting', step: { kind: 'checking' } });
    return jars;
  }

  async #createGroup(java: Java, jars: JarStore, ports: StackPorts): Promise<void> {
    const setting: StackSetting = {
      resourcesDir: this.#options.resourcesDir,
      servicesDir: this.#servicesDir,
      jarsDir: jars.folder,
      clusterId: await clusterIdOf(this.#servicesDir),
      ports,
      javaMajor: java.major,
      memoryMb: (await this.#tuning()).memoryMb,
      classPath: (service) => jarNames(jars.list, service).join(':'),
    };
    const logFolder = join(this.#options.dataDir, 'logs');
    await mkdir(logFolder, { recursive: true });
    const definitions = [await defineKafka(setting), await defineCassandra(setting)];
    this.#group = new ServiceGroup(
      definitions.map((definition) => ({
        definition,
        java,
        log: openServiceLog(logFolder, definition.name),
        version: versionOf(jars.list, definition.name),
        archiveDir: jars.archiveDir,
        probe: (address) => this.#options.probes[definition.name](address),
        report: (status) => this.board.set(status),
      })),
    );
  }

  /** Ends all services, and resolves when also those are gone that another call began to end. */
  #endGroup(): Promise<void> {
    const group = this.#group;
    const before = this.#ended;
    this.#group = new ServiceGroup([]);
    this.#ended = Promise.all([group.end(), before]).then(() => undefined);
    return this.#ended;
  }

  #sayAll(status: Pick<ServiceStatus, 'state' | 'step'>): void {
    for (const name of labService.options) this.#say(name, status);
  }

  /** A fault of one service is that one's; any other is the whole stack's. */
  #sayFault({ fault }: RiachoError): void {
    for (const name of labService.options) {
      const isOthers = (fault.params['service'] ?? name) !== name;
      this.#say(name, isOthers ? { state: 'stopped' } : { state: 'failed', fault });
    }
  }

  #say(name: LabService, status: Pick<ServiceStatus, 'state' | 'step' | 'fault'>): void {
    const known = this.board.status.services.find((service) => service.name === name);
    this.board.set({ name, address: '', ...(known?.log === undefined ? {} : { log: known.log }), ...status });
  }

  /** A service by itself is for a stack that runs, and is not just starting or stopping. */
  #throwIfBusy(): void {
    if (this.#start !== undefined) throw new RiachoError('STACK_BUSY');
    if (!this.#group.isRunning) throw new RiachoError('STACK_NOT_RUNNING');
  }

  #throwIfAborted(signal: AbortSignal): void {
    if (signal.aborted) throw new RiachoError('CANCELLED');
  }
}

interface Somewhere {
  java: Java;
  jars: JarStore;
  /** The ports of a stack that was killed. */
  before: ClientPorts;
  signal: AbortSignal;
}

function portsOf(addresses: ReadonlyMap<string, string>): ClientPorts {
  const portOf = (name: LabService): number => Number(addresses.get(name)?.split(':').at(-1) ?? 0);
  return { kafka: portOf('kafka'), cassandra: portOf('cassandra') };
}

/** What a person is told: a service that fails under another Java than the wanted one fails by it, most likely. */
async function faultOf(error: unknown, java: Java | undefined, folder: string): Promise<RiachoError> {
  const fault = asRiachoError(error, folder);
  if (fault.code !== 'SERVICE_FAILED' || java === undefined || java.major === wantedMajor) return fault;
  const command = await installCommand('java');
  return new RiachoError('JAVA_UNFIT', { found: java.version, path: java.path, command }, fault);
}

function notices(java: Java, ports: StackPorts, usualPorts: Tuning['ports']): StackNotice[] {
  const list: StackNotice[] = [];
  if (java.major !== wantedMajor) {
    list.push({ kind: 'java-other', wanted: String(wantedMajor), found: java.version, path: java.path });
  }
  for (const service of labService.options) {
    const usual = usualPorts[service];
    const port = ports[service];
    if (port !== usual) list.push({ kind: 'port-moved', service, usual, port });
  }
  return list;
}
