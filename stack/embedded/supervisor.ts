// The process that owns the two JVMs, their logs and the data folder's lock, and answers its clients. It outlives
// none of its reasons: no owner and not told to stay, it stops the stack and ends.
import { chmod, mkdir, realpath } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { RiachoError } from '../../words/errors.ts';
import { EmbeddedStack, type EmbeddedStackOptions } from './embedded-stack.ts';
import { claimSocket, dial, socketPath } from './endpoint.ts';
import { asRiachoError } from './faults.ts';
import { encodeLine, readMessages, request, type Question, type Request, type Response } from './protocol.ts';
import { readStackFile, removeStackFile, writeStackFile } from './stack-file.ts';

/** Without an owner, and not told to stay, this is how long it waits for one. */
const lonelyMs = 10_000;
/** A window, a few terminals, and whatever else: more than this is a fault. */
const maxConnections = 64;

export interface SupervisorOptions extends EmbeddedStackOptions {
  /** How long it waits for an owner, 10 s unless a test has no time for that. */
  lonelyMs?: number;
}

/**
 * Serves the stack of `dataDir` until it is stopped, or has nobody left to serve; resolves then. Resolves at
 * once when another supervisor serves it already. Ends in order on SIGTERM and SIGINT. Its entry file should
 * end the process when this settles, since probes may keep connections open.
 */
export async function runSupervisor(options: SupervisorOptions): Promise<void> {
  await mkdir(options.dataDir, { recursive: true });
  // One folder, one name, whatever links lead to it: the socket and the orphans are known by it.
  const dataDir = await realpath(options.dataDir);
  const supervisor = new Supervisor({ ...options, dataDir });
  await supervisor.run();
}

class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #stack: EmbeddedStack;
  readonly #server = createServer({ keepAlive: false }, (socket) => this.#serve(socket));
  readonly #connections = new Set<Socket>();
  readonly #started = new Date().toISOString();
  readonly #ended = Promise.withResolvers<void>();
  #socket = '';
  #owner: Socket | undefined;
  #isToStay = false;
  #lonely: NodeJS.Timeout | undefined;
  #ending: Promise<void> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #written = '';

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#stack = new EmbeddedStack(options, () => this.#stackChanged());
    this.#server.maxConnections = maxConnections;
  }

  async run(): Promise<void> {
    // One that began under another temporary folder may hold a socket elsewhere.
    const other = await readStackFile(this.#options.dataDir);
    const answering = other ? await dial(other.socket) : undefined;
    answering?.destroy();
    if (answering !== undefined) return;
    this.#socket = await socketPath(this.#options.dataDir);
    if (!(await claimSocket(this.#server, this.#socket))) return;
    await chmod(this.#socket, 0o600);

    const end = () => this.#leave();
    process.on('SIGTERM', end);
    process.on('SIGINT', end);
    this.#awaitOwner();
    await this.#ended.promise;
    process.off('SIGTERM', end);
    process.off('SIGINT', end);
  }

  #serve(socket: Socket): void {
    this.#connections.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#connections.delete(socket);
      if (socket !== this.#owner) return;
      this.#owner = undefined;
      this.#leave();
    });
    readMessages(socket, request, (question) => void this.#reply(socket, question));
  }

  async #reply(socket: Socket, question: Request): Promise<void> {
    const { id } = question;
    const response = await this.#answer(socket, question).then(
      (answer): Response => ({ id, answer }),
      (error: unknown): Response => ({ id, fault: asRiachoError(error, this.#options.dataDir).fault }),
    );
    if (socket.writable) socket.write(encodeLine(response));
  }

  async #answer(socket: Socket, question: Question): Promise<unknown> {
    switch (question.method) {
      case 'status':
        return this.#stack.board.next(question.after);
      case 'up': {
        if (this.#ending !== undefined) throw new RiachoError('STACK_BUSY');
        const hasBegun = this.#stack.up();
        if (hasBegun) this.#own(socket, question.leaveRunning);
        return { adopted: !hasBegun, version: this.#stack.board.version };
      }
      case 'own':
        this.#own(socket, question.leaveRunning);
        return { done: true };
      case 'restartService':
        if (this.#ending !== undefined) throw new RiachoError('STACK_BUSY');
        await this.#stack.restart(question.service);
        return { done: true };
      case 'stopService':
        if (this.#ending !== undefined) throw new RiachoError('STACK_BUSY');
        await this.#stack.stop(question.service);
        if (!this.#stack.isActive) await this.#end(() => this.#stack.down());
        return { done: true };
      case 'down':
        await this.#end(() => this.#stack.down());
        return { done: true };
      case 'reset':
        // An end without the removal is on its way: the client comes again.
        if (this.#ending !== undefined) throw new RiachoError('STACK_BUSY');
        await this.#end(() => this.#stack.reset());
        return { done: true };
    }
  }

  #own(socket: Socket, isToStay: boolean): void {
    this.#isToStay = isToStay;
    this.#owner = isToStay ? undefined : socket;
    // Its connection may have closed while its question was on the way.
    if (this.#owner?.destroyed) this.#leave();
    this.#awaitOwner();
  }

  /** Begins to count when nobody is responsible; a stack that was told to stay but failed is nobody's either. */
  #awaitOwner(): void {
    clearTimeout(this.#lonely);
    const isKept = this.#owner !== undefined || (this.#isToStay && this.#stack.isActive);
    if (isKept || this.#ending !== undefined) return;
    this.#lonely = setTimeout(() => this.#leave(), this.#options.lonelyMs ?? lonelyMs);
  }

  #stackChanged(): void {
    const { services, stack } = this.#stack.board.status;
    // Not yet: a start that fails still counts as active while it says so.
    if (stack === 'failed') setImmediate(() => this.#awaitOwner());
    const content = {
      pid: process.pid,
      socket: this.#socket,
      started: this.#started,
      services: services.map(({ name, address, pid }) => ({
        name,
        address,
        ...(pid === undefined ? {} : { pid }),
      })),
    };
    const text = JSON.stringify(content);
    if (text === this.#written) return;
    this.#written = text;
    this.#writing = this.#writing
      .then(() => writeStackFile(this.#options.dataDir, content))
      .catch(() => undefined);
  }

  /** The end that nobody waits for. */
  #leave(): void {
    this.#end(() => this.#stack.down()).catch((error: unknown) =>
      process.stderr.write(`${inspect(error)}\n`),
    );
  }

  /** Stops the stack, once, and then everything else; every caller waits for the same end. */
  #end(stop: () => Promise<void>): Promise<void> {
    this.#ending ??= this.#endOnce(stop);
    return this.#ending;
  }

  async #endOnce(stop: () => Promise<void>): Promise<void> {
    clearTimeout(this.#lonely);
    const failure = await stop().then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    await this.#writing;
    await removeStackFile(this.#options.dataDir).catch(() => undefined);
    // Nobody can come any more; who asked for the end gets an answer first, the others hear it by the closing.
    this.#server.close(() => this.#ended.resolve());
    setImmediate(() => {
      for (const connection of this.#connections) connection.destroySoon();
    });
    if (failure !== undefined) throw failure.error;
  }
}
