// The process that owns the two JVMs, their logs and the data folder's lock, and answers its clients. It outlives
// none of its reasons: no owner and not told to stay, it stops the stack and ends.
import { chmod, mkdir, realpath } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import type { Question, Request, Response } from './protocol.ts';
import { RiachoError } from '../../words/errors.ts';
import { EmbeddedStack, type EmbeddedStackOptions } from './embedded-stack.ts';
import { claimSocket, dial, socketPath } from './endpoint.ts';
import { asRiachoError } from './faults.ts';
import { encodeLine, readMessages, request } from './protocol.ts';
import { readStackFile, removeStackFile, writeStackFile } from './stack-file.ts';

/** Without an owner, and not told to stay, this is how long it waits for one. */
const lonelyMs = 10_000;
/** A window, a few terminals, and whatever else: more than this is a fault. */
const maxConnections = 64;

export type SupervisorOptions = EmbeddedStackOptions;

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

    const end = () => void this.#end(() => this.#stack.down());
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
      void this.#end(() => this.#stack.down());
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
    if (this.#owner?.destroyed) void this.#end(() => this.#stack.down());
    this.#awaitOwner();
  }

  /** Begins to count when nobody is responsible; a stack that was told to stay but failed is nobody's either. */
  #awaitOwner(): void {
    clearTimeout(this.#lonely);
    const isKept = this.#owner !== undefined || (this.#isToStay && this.#stack.isActive);
    if (isKept || this.#ending !== undefined) return;
    this.#lonely = setTimeout(() => void this.#end(() => this.#stack.down()), lonelyMs);
  }

  #stackChanged(): void {
    const { services, stack } = this.#stack.board.status;
    if (stack === 'failed') this.#awaitOwner();
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

  /** Stops the stack, once, and then everything else; every caller waits for the same end. */
  #end(stop: () => Promise<void>): Promise<void> {
    this.#ending ??= this.#endOnce(stop);
    return this.#ending;
  }

  async #endOnce(stop: () => Promise<void>): Promise<void> {
    clearTimeout(this.#lonely);
    await stop().catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
    await this.#writing;
    await removeStackFile(this.#options.dataDir).catch(() => undefined);
    // Nobody can come any more; who asked for the end gets an answer first, the others hear it by the closing.
    this.#server.close(() => this.#ended.resolve());
    setImmediate(() => {
      for (const connection of this.#connections) connection.destroySoon();
    });
  }
}
