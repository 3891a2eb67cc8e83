// up, down, status, and the start that every other command shows the same way.
import { RiachoError } from '../../words/errors.ts';
import { labService, type ServiceStatus, type ServiceStep, type StackStatus } from '../../words/stack.ts';
import { faultOf, sentenceOf } from '../failure.ts';
import type { Terminal } from '../host.ts';
import type { Say } from '../words.ts';

function describe(service: ServiceStatus, { say }: Terminal): string {
  const name = say(`services.${service.name}`);
  const state = say(`states.${service.state}`);
  if (service.state === 'healthy') {
    const seconds = Math.round((service.readyMs ?? 0) / 100) / 10;
    return say(service.readyMs === undefined ? 'cli.stackState' : 'cli.stackReady', {
      service: name,
      state,
      address: service.address,
      seconds,
    });
  }
  // A step says more than the state it belongs to.
  const step = service.step && stepWords(service.step, say);
  return say('cli.stackState', { service: name, state: step ?? state });
}

function stepWords(step: ServiceStep, say: Say): string {
  switch (step.kind) {
    case 'pulling': {
      const percent = step.total === 0 ? 0 : Math.floor((step.done / step.total) * 100);
      return `${say('steps.pulling')} ${step.image} ${percent} %`;
    }
    case 'waiting':
      return say('steps.waiting', { on: step.on.map((name) => say(`services.${name}`)).join(', ') });
    case 'answering':
    case 'building':
    case 'checking':
    case 'fetching':
    case 'launching':
    case 'restarting':
      return say(`steps.${step.kind}`, { ...step });
  }
}

/** How it is, and what is wrong with it. */
function showService(service: ServiceStatus, terminal: Terminal): void {
  const { screen, say } = terminal;
  screen.line(describe(service, terminal));
  if (service.fault) screen.line(`  ${sentenceOf(service.fault, say)}`);
}

/** All images that are being fetched, as one: a line under the services. */
function pullSum(services: readonly ServiceStatus[], say: Say): string[] {
  const images = new Map(
    services.flatMap(({ step }) => (step?.kind === 'pulling' ? [[step.image, step] as const] : [])),
  );
  if (images.size < 2) return [];
  const megabytes = (of: 'done' | 'total'): number =>
    Math.round([...images.values()].reduce((sum, step) => sum + step[of], 0) / 1e6);
  return [say('cli.pulling', { images: images.size, done: megabytes('done'), total: megabytes('total') })];
}

function showNotices(status: StackStatus, terminal: Terminal, shown: Set<string>): void {
  for (const notice of status.notices) {
    const text = JSON.stringify(notice);
    if (shown.has(text)) continue;
    shown.add(text);
    const named =
      'service' in notice ? { ...notice, service: terminal.say(`services.${notice.service}`) } : notice;
    // Ports are names, not amounts: they take no thousands separator.
    const words = Object.entries(named).map(([key, value]) => [key, String(value)]);
    terminal.screen.line(terminal.say(`notices.${notice.kind}`, Object.fromEntries(words)));
    terminal.screen.event({ event: 'notice', ...notice });
  }
}

/** Starts the stack, or joins one that runs, and shows how it goes. */
export async function startStack(terminal: Terminal, leaveRunning: boolean): Promise<StackStatus> {
  const { client, screen, say, signal } = terminal;
  screen.line(say('cli.starting', { engine: terminal.engine }));
  const watching = new AbortController();
  const shown = new Set<string>();
  const watch = (async () => {
    let version = 0;
    while (!watching.signal.aborted) {
      const framed = await client.stack.next({ after: version }, { signal: watching.signal });
      if (framed.version === version || watching.signal.aborted) continue;
      version = framed.version;
      showNotices(framed.frame, terminal, shown);
      if (framed.frame.stack === 'stopped' || framed.frame.stack === 'absent') continue;
      // What is healthy is said once, when all of it is.
      if (framed.frame.stack !== 'healthy')
        screen.changing([
          ...framed.frame.services.map((service) => describe(service, terminal)),
          ...pullSum(framed.frame.services, say),
        ]);
      screen.event({ event: 'stack', ...framed.frame });
    }
  })().catch(() => undefined);
  try {
    const status = await client.stack.start({ leaveRunning }, { signal });
    screen.settle();
    showNotices(status, terminal, shown);
    for (const service of status.services) showService(service, terminal);
    return status;
  } catch (error) {
    // A start can fail sooner than the next look: what it tried is said all the same.
    const last = await client.stack.status().catch(() => undefined);
    if (last && !signal.aborted) showNotices(last, terminal, shown);
    throw error;
  } finally {
    watching.abort();
    await watch;
    screen.settle();
  }
}

export async function up(terminal: Terminal, { detach }: { detach?: boolean }): Promise<void> {
  const { screen, say, signal } = terminal;
  const status = await startStack(terminal, detach ?? false);
  const address = (name: string): string =>
    status.services.find((service) => service.name === name)?.address ?? '';
  screen.line(say('cli.up', { kafka: address('kafka'), cassandra: address('cassandra') }));
  screen.event({ event: 'up', ...status });
  if (detach) {
    screen.line(say('cli.detached'));
    return;
  }
  screen.line(say('cli.upHint'));
  await untilEnded(terminal);
  if (!signal.aborted) screen.line(say('cli.endedElsewhere'));
  else if (terminal.engine !== 'external') screen.line(say('cli.stopping'));
}

/** Throws the fault of a stack that was given up; one that is on its way back is none. */
export function throwIfFailed({ stack, services }: StackStatus): void {
  const fault = services.find(({ state }) => state === 'failed')?.fault;
  if (stack === 'failed' && fault) throw new RiachoError(fault.code, fault.params);
}

/** Resolves on Ctrl-C, and when the stack was stopped by somebody else; rejects with the fault of one that failed. */
async function untilEnded({ client, signal }: Terminal): Promise<void> {
  for (let after = 0; !signal.aborted;) {
    const framed = await client.stack.next({ after }, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    if (framed === undefined) return;
    after = framed.version;
    throwIfFailed(framed.frame);
    if (framed.frame.stack === 'stopped') return;
  }
}

const stoppedWords = {
  embedded: 'cli.stopped',
  docker: 'cli.stoppedDocker',
  external: 'cli.stoppedForeign',
} as const;

export async function down(
  { client, screen, say, dataDir, engine }: Terminal,
  { reset }: { reset?: boolean },
): Promise<void> {
  if (engine !== 'external') screen.line(say('cli.stopping'));
  if (reset) await client.stack.reset();
  else await client.stack.stop();
  screen.line(say(reset ? 'cli.reset' : stoppedWords[engine], { dataDir }));
  screen.event({ event: 'down', reset: reset ?? false });
}

export async function status(terminal: Terminal): Promise<void> {
  const { screen, say } = terminal;
  const { engine, stack, services } = await knownStatus(terminal);
  const topic = stack === 'healthy' ? await readTopicSum(terminal) : undefined;
  if (screen.isJson) {
    const missing = labService.options.filter((name) => services.every((service) => service.name !== name));
    screen.event({
      engine,
      stack,
      services: [...services, ...missing.map((name) => ({ name, state: 'stopped', address: '' }))],
      ...(topic && {
        topic: {
          messages: topic.inTopic,
          skipped: topic.skipped,
          written: topic.written,
          deadLetters: topic.deadLetters,
          waiting: topic.waiting,
        },
      }),
    });
    return;
  }
  for (const service of services) showService(service, terminal);
  if (stack !== 'healthy' && services.every(({ state }) => state === 'stopped' || state === 'absent')) {
    screen.line(say('cli.notRunning'));
  }
  if (topic) screen.line(say('cli.sum', { ...topic }));
}

/** The state as it is now: of a foreign cluster nothing is known until it was asked once. */
async function knownStatus({ client, signal }: Terminal): Promise<StackStatus> {
  for (let after = 0; ;) {
    const { version, frame } = await client.stack.next({ after }, { signal });
    if (frame.engine !== 'external' || frame.stack !== 'absent') return frame;
    after = version;
  }
}

/** The sum; undefined where the lab's topic has not been made yet, or where no broker answers for it. */
async function readTopicSum({ client }: Terminal) {
  try {
    return await client.topic.sum();
  } catch (error) {
    const { code } = faultOf(error);
    if (code === 'TOPIC_MISSING' || code === 'BROKER_UNREACHABLE') return undefined;
    throw error;
  }
}
