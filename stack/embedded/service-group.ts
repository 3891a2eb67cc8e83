// The services of one start of the stack, with their logs: all of them at once, or one by itself. Chooses nothing:
// ports, jars and settings are those of the start.
import type { LabService, ServiceState, ServiceStatus } from '../../words/stack.ts';
import { asRiachoError } from './faults.ts';
import { ServiceRunner, type RunnerOptions } from './service-runner.ts';

interface Member {
  options: RunnerOptions;
  runner: ServiceRunner;
  /** Stopped because somebody asked for it, and not since it failed. */
  isHeld: boolean;
}

/** Whoever makes it ends it; it closes the logs it was given. */
export class ServiceGroup {
  readonly #members: Member[];
  #ended: Promise<void> | undefined;

  constructor(services: readonly RunnerOptions[]) {
    this.#members = services.map((options) => ({
      options,
      runner: this.#runnerOf(options),
      isHeld: false,
    }));
  }

  /** Whether the JVM of one is up or on its way up. */
  get isRunning(): boolean {
    return this.#members.some(({ runner }) => runner.isRunning);
  }

  /** Whether those of all are. */
  get isWhole(): boolean {
    return this.#members.length > 0 && this.#members.every(({ runner }) => runner.isRunning);
  }

  /** Those that were stopped by themselves, where nothing else is missing. */
  get held(): LabService[] {
    const missing = this.#members.filter(({ runner }) => !runner.isRunning);
    const isAll = missing.length === this.#members.length;
    return isAll || missing.some(({ isHeld }) => !isHeld)
      ? []
      : missing.map(({ options }) => options.definition.name);
  }

  /** All at once; the first that fails ends the others, and its fault is the one that counts. */
  async startAll(): Promise<void> {
    const faults: unknown[] = [];
    const starts = this.#members.map(({ runner }) =>
      runner.start().catch(async (error: unknown) => {
        faults.push(error);
        await this.end();
      }),
    );
    await Promise.all(starts);
    if (faults.length > 0) throw faults[0];
  }

  /** Starts one that was stopped, where it was before. Rejects as a runner's start does. */
  async start(name: LabService): Promise<void> {
    const member = this.#member(name);
    if (this.#ended !== undefined || member === undefined || member.runner.isRunning) return;
    member.runner = this.#runnerOf(member.options);
    member.isHeld = false;
    try {
      await member.runner.start();
    } catch (error) {
      const { fault } = asRiachoError(error, member.options.archiveDir);
      if (fault.code !== 'CANCELLED') this.#say(member, 'failed', { fault });
      throw error;
    }
  }

  /** Stops one and leaves the others alone; resolves when its JVM is gone. */
  async stop(name: LabService): Promise<void> {
    const member = this.#member(name);
    if (member === undefined || !member.runner.isRunning) return;
    member.isHeld = true;
    this.#say(member, 'stopping');
    await member.runner.stop();
    this.#say(member, 'stopped');
  }

  /** Ends all; resolves when every JVM is gone. */
  end(): Promise<void> {
    this.#ended ??= (async () => {
      await Promise.all(this.#members.map(({ runner }) => runner.stop()));
      await Promise.all(this.#members.map(({ options }) => options.log.close()));
    })();
    return this.#ended;
  }

  #member(name: LabService): Member | undefined {
    return this.#members.find(({ options }) => options.definition.name === name);
  }

  #runnerOf(options: RunnerOptions): ServiceRunner {
    const runner: ServiceRunner = new ServiceRunner({
      ...options,
      // What is on its way out says nothing any more: whoever ends it speaks for it.
      report: (status) => {
        const isOut = this.#members.some((member) => member.runner === runner && member.isHeld);
        if (this.#ended === undefined && !isOut) options.report(status);
      },
    });
    return runner;
  }

  #say({ options }: Member, state: ServiceState, more: Pick<ServiceStatus, 'fault'> = {}): void {
    const { definition, version, log, report } = options;
    if (this.#ended !== undefined) return;
    report({
      name: definition.name,
      state,
      address: definition.address,
      version,
      log: log.path,
      ...more,
    });
  }
}
