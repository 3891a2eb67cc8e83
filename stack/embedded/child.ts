// Starts a program that cannot outlive its owner, however the owner ends. Knows nothing of what it runs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { isProcessAlive } from './leftovers.ts';

/**
 * The watchdog, in POSIX sh. It holds the read end of a pipe (its input) whose write end only the owner
 * has. When the pipe closes, by `stop` or since the owner died, even by `kill -9`, it asks the program to
 * end, and after the grace ($1, in tenths of a second) it kills it. The program's own end is its end, with
 * the same code. Descriptor 3 tells the owner the program's process id.
 *
 * The program stands back for its owner where both want the same cores: `nice` for it, and for its session, since
 * Linux weighs sessions before it weighs what runs in them. Who is not root may say the latter ten times a second, all
 * processes together, so it is said again; elsewhere there is no such file, and nothing is lost.
 */
const watchdog = `
grace=$1; shift
exec 4<&0 </dev/null
nice -n 5 "$@" 3>&- 4<&- &
child=$!
echo "$child" >&3
exec 3>&-
( for _ in 1 2 3 4 5; do echo 5 >/proc/self/autogroup && break; sleep 0.1; done ) 4<&- >/dev/null 2>&1 &
( while read -r _; do :; done
  kill -TERM "$child"
  while [ "$grace" -gt 0 ] && kill -0 "$child"; do sleep 0.1; grace=$((grace - 1)); done
  kill -KILL "$child" ) <&4 >/dev/null 2>&1 &
guard=$!
exec 4<&-
wait "$child" 2>/dev/null
code=$?
kill -KILL "$guard" 2>/dev/null
exit "$code"
`;

/** What a shell makes of a signal: 128 + its number. */
const killedCode = 137;

/** How much longer than the grace a stop waits before it ends the watchdog itself. */
const watchdogGraceMs = 2000;

export interface ChildOptions {
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Between asking the program to end and killing it. */
  graceMs: number;
  /** Gets all that the program says, on both outputs. */
  onOutput: (chunk: Buffer) => void;
}

/** A running program behind its watchdog. */
export interface Child {
  /** The program's process id, not the watchdog's; undefined when it could not even be started. */
  readonly pid: Promise<number | undefined>;
  /** Resolves with the exit code when the program is gone and all it said was handed over. Never rejects. */
  readonly exited: Promise<number>;
  /** Whether the program runs, as the system knows it; `exited` follows. */
  readonly isAlive: boolean;
  /** Aborted with `exited`: for waiting that is done often, since a promise forgets no waiter. */
  readonly ended: AbortSignal;
  /** Asks it to end, kills it after the grace; resolves with the exit code. */
  stop(): Promise<number>;
}

/**
 * Starts `command` in a session of its own, so that a Ctrl-C in the owner's terminal does not reach it.
 * Whoever starts it stops it; if they cannot, the watchdog does.
 */
export function startChild(command: string[], options: ChildOptions): Child {
  const tenths = String(Math.ceil(options.graceMs / 100));
  const shell = spawn('/bin/sh', ['-c', watchdog, 'riacho-watchdog', tenths, ...command], {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  });
  const [lifeline, stdout, stderr, pidPipe] = shell.stdio;
  const ended = new AbortController();
  let knownPid: number | undefined;

  stdout.on('data', options.onOutput);
  stderr.on('data', options.onOutput);
  // The watchdog may be gone before its pipe is closed: that is the end wanted.
  lifeline.on('error', () => undefined);

  // Where the watchdog was killed, Node closes its lifeline at once, and the other half of it does the rest.
  // `close`, not `exit`: the program holds the outputs, so it is gone too, even where the watchdog was killed.
  const exited = new Promise<number>((resolve) => {
    shell.once('close', (code) => resolve(code ?? killedCode));
    shell.once('error', () => resolve(killedCode));
  }).finally(() => {
    ended.abort();
  });
  const pid = Promise.race([
    pidPipe ? once(pidPipe, 'data').then(([line]) => (knownPid = Number(line))) : undefined,
    exited.then(() => undefined),
  ]);

  return {
    pid,
    exited,
    ended: ended.signal,
    get isAlive() {
      // The watchdog's end is known only after its outputs closed; the system knows the program's at once.
      return !ended.signal.aborted && (knownPid === undefined || isProcessAlive(knownPid));
    },
    async stop() {
      lifeline.destroy();
      const patience = new AbortController();
      const overdue = delay(options.graceMs + watchdogGraceMs, undefined, { signal: patience.signal })
        .then(() => killGroup(shell.pid))
        .catch(() => undefined);
      const code = await exited;
      patience.abort();
      await overdue;
      return code;
    },
  };
}

function killGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Gone in the meantime.
  }
}
