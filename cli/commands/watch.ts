// Follows the runs of producer and consumer on the screen, and says once what a person should know.
import { setTimeout as delay } from 'node:timers/promises';
import { RiachoError, type Fault } from '../../words/errors.ts';
import type { ConsumerFrame, ProducerFrame, RunState } from '../../words/runs.ts';
import { whatOf } from '../failure.ts';
import type { Terminal } from '../host.ts';
import { bar } from '../screen.ts';
import { throwIfFailed } from './stack.ts';

export interface Frames {
  producer?: ProducerFrame | undefined;
  consumer?: ConsumerFrame | undefined;
}

/** How far the run is, 0 to 1; undefined where it has no end. */
export type Share = (frames: Frames) => number | undefined;

const jsonEveryMs = 250;

function failureOf(state: RunState | undefined): Fault | undefined {
  return state?.status === 'failed' ? state.fault : undefined;
}

function isWaiting(state: RunState | undefined): boolean {
  return state?.status === 'waiting';
}

export class Watch {
  readonly #terminal: Terminal;
  readonly #share: Share;
  readonly #said = new Set<string>();
  readonly #waiting = new Set<'producer' | 'consumer'>();
  #stop = new AbortController();
  #following: Promise<void> = Promise.resolve();
  #frames: Frames = {};
  #rewinds = 0;
  /** Why it could not follow any longer: whoever waits has to hear of it. */
  #broken: { error: unknown } | undefined;
  #lastEventAt = Number.NEGATIVE_INFINITY;

  constructor(terminal: Terminal, share: Share = () => undefined) {
    this.#terminal = terminal;
    this.#share = share;
  }

  get frames(): Frames {
    return this.#frames;
  }

  /** Begins to follow; end it with `end`. */
  begin(): void {
    this.#stop = new AbortController();
    this.#following = this.#follow(this.#stop.signal).catch((error: unknown) => {
      this.#broken = { error };
    });
  }

  /** Resolves with the last frames. */
  async end(): Promise<Frames> {
    this.#stop.abort();
    await this.#following;
    await this.#look(0);
    this.#terminal.screen.settle();
    this.#terminal.screen.line(this.#counters());
    return this.#frames;
  }

  /** Waits until `isOver`, asked five times a second; rejects when a run failed, or with `CANCELLED` on Ctrl-C. */
  async until(isOver: (frames: Frames) => boolean | Promise<boolean>): Promise<void> {
    const { signal } = this.#terminal;
    for (;;) {
      if (signal.aborted) throw new RiachoError('CANCELLED');
      if (this.#broken) throw this.#broken.error;
      const fault = failureOf(this.#frames.producer?.state) ?? failureOf(this.#frames.consumer?.state);
      if (fault) throw new RiachoError(fault.code, fault.params);
      if (await isOver(this.#frames)) return;
      await this.#checkStack();
      await delay(200, undefined, { signal }).catch(() => undefined);
    }
  }

  /** A run waits for a service that is coming back, but not for one that was given up. */
  async #checkStack(): Promise<void> {
    if (!isWaiting(this.#frames.producer?.state) && !isWaiting(this.#frames.consumer?.state)) return;
    throwIfFailed(await this.#terminal.client.stack.status());
  }

  async #follow(signal: AbortSignal): Promise<void> {
    let version = 0;
    while (!signal.aborted) version = await this.#look(version, signal);
  }

  async #look(after: number, signal?: AbortSignal): Promise<number> {
    const { client } = this.#terminal;
    const framed = await client.runs.next({ after }, signal ? { signal } : {});
    this.#frames = framed.frame;
    this.#say();
    return framed.version;
  }

  #say(): void {
    const { screen, say } = this.#terminal;
    const { producer, consumer } = this.#frames;
    if (producer?.fellBack)
      this.#once('fellBack', { detail: String(producer.fellBack.params['detail'] ?? '') });
    if (consumer && consumer.rewinds > this.#rewinds) {
      this.#rewinds = consumer.rewinds;
      screen.line(say('cli.rewound', { service: say('services.cassandra') }));
    }
    if (consumer && consumer.lost > 0) this.#once('lost', { count: consumer.lost });
    this.#sayWaiting('producer', producer?.state);
    this.#sayWaiting('consumer', consumer?.state);
    screen.changing(this.#lines());
    if (performance.now() - this.#lastEventAt < jsonEveryMs) return;
    this.#lastEventAt = performance.now();
    screen.event({ event: 'progress', ...this.#frames });
  }

  /** Says why a run waits, once for each time that it does. */
  #sayWaiting(run: 'producer' | 'consumer', state: RunState | undefined): void {
    const { screen, say } = this.#terminal;
    if (state?.status !== 'waiting') {
      this.#waiting.delete(run);
      return;
    }
    if (state.fault === undefined || this.#waiting.has(run)) return;
    this.#waiting.add(run);
    screen.line(say('cli.waits', { what: whatOf(state.fault, say) }));
    screen.event({ event: 'notice', kind: 'waits', run, for: state.for, fault: state.fault });
  }

  #once(key: 'fellBack' | 'lost', params: Record<string, string | number>): void {
    if (this.#said.has(key)) return;
    this.#said.add(key);
    this.#terminal.screen.line(this.#terminal.say(`cli.${key}`, params));
    this.#terminal.screen.event({ event: 'notice', kind: key, ...params });
  }

  #counters(): string {
    const { producer, consumer } = this.#frames;
    return this.#terminal.say('cli.progress', {
      produced: producer?.produced ?? 0,
      written: consumer?.written ?? 0,
      deadLetters: consumer?.deadLetters ?? 0,
      waiting: consumer?.waiting ?? 0,
    });
  }

  #lines(): string[] {
    const { say } = this.#terminal;
    const { producer, consumer } = this.#frames;
    const states = [producer?.state, consumer?.state].flatMap((state) =>
      state?.status === 'waiting' ? [say(`waiting.${state.for}`)] : [],
    );
    if (consumer?.step) states.push(say(`sparkSteps.${consumer.step.kind}`, { ...consumer.step }));
    const share = this.#share(this.#frames);
    const progress = share === undefined || !this.#terminal.screen.isLive ? [] : [bar(share)];
    return [[...progress, this.#counters(), ...new Set(states)].join('  ')];
  }
}
