// A TCP proxy on this machine that can do to connections what networks do: break them, hold them up, fall silent.
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** What happens to connections: `silent` ones stay open for ever and say nothing, also when the network is well again. */
export type Weather = 'fair' | 'away' | 'slow' | 'silent';

const slowMs = 2_000;

/** What a broker would say to the next request of this kind: its number in Kafka's protocol, the answer without its header. */
export interface KafkaAnswer {
  apiKey: number;
  body: Buffer;
}

/** Ends everything that was opened through it with `close`. */
export class Proxy {
  /** Connections so far. */
  served = 0;
  readonly #target: number;
  readonly #pairs = new Set<[Socket, Socket]>();
  #server: Server | undefined;
  #port = 0;
  #weather: Weather = 'fair';
  /** Bytes of the next answer that still come through. */
  #cutAfter: number | undefined;
  #answers: KafkaAnswer[] = [];

  /** `target`: the port of the server behind it. */
  constructor(target: number) {
    this.#target = target;
  }

  get port(): number {
    return this.#port;
  }

  async open(): Promise<void> {
    this.#server = createServer((client) => this.#serve(client)).listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (typeof address === 'object' && address) this.#port = address.port;
  }

  async set(weather: Weather): Promise<void> {
    const before = this.#weather;
    this.#weather = weather;
    if (weather === 'away') {
      this.reset();
      this.#server?.close();
    }
    if (before === 'away' && weather !== 'away') await this.open();
    // Who heard nothing for a while never hears anything again: the other end has forgotten the connection.
    if (before === 'silent') {
      for (const pair of this.#pairs) {
        this.#pairs.delete(pair);
        pair[1].destroy();
      }
    }
  }

  /** Breaks every connection, as a router does that was started again. */
  reset(): void {
    for (const pair of this.#pairs) {
      this.#pairs.delete(pair);
      for (const socket of pair) socket.resetAndDestroy();
    }
  }

  /** Breaks the connection of the next answer after so many bytes of it. */
  cutNext(bytes: number): void {
    this.#cutAfter = bytes;
  }

  /** Gives these answers in Kafka's stead, each to one request, which never reaches it. */
  answer(...answers: KafkaAnswer[]): void {
    this.#answers.push(...answers);
  }

  /** Answers what it is to answer; returns what is left for the server. Whole requests only: small ones come so. */
  #answered(chunk: Buffer, client: Socket): Buffer {
    const left: Buffer[] = [];
    for (let at = 0; at < chunk.length;) {
      const end = at + 4 + chunk.readInt32BE(at);
      const apiKey = chunk.readInt16BE(at + 4);
      const index = this.#answers.findIndex((answer) => answer.apiKey === apiKey);
      const [answer] = index < 0 ? [] : this.#answers.splice(index, 1);
      if (answer) {
        const size = Buffer.alloc(4);
        size.writeInt32BE(4 + answer.body.length);
        client.write(Buffer.concat([size, chunk.subarray(at + 8, at + 12), answer.body]));
      } else {
        left.push(chunk.subarray(at, end));
      }
      at = end;
    }
    return Buffer.concat(left);
  }

  close(): void {
    this.#server?.close();
    this.reset();
  }

  #serve(client: Socket): void {
    this.served += 1;
    const server = connect(this.#target, '127.0.0.1');
    const pair: [Socket, Socket] = [client, server];
    this.#pairs.add(pair);
    const send = (to: Socket, chunk: Buffer): void => {
      if (!to.writable) return;
      if (to === server) {
        to.write(this.#answers.length > 0 ? this.#answered(chunk, client) : chunk);
        return;
      }
      if (this.#cutAfter === undefined) {
        to.write(chunk);
        return;
      }
      this.#pairs.delete(pair);
      server.destroy();
      // A reset that is sent at once overtakes the bytes.
      client.write(chunk.subarray(0, this.#cutAfter), () => setTimeout(() => client.resetAndDestroy(), 50));
      this.#cutAfter = undefined;
    };
    for (const [from, to] of [pair, pair.toReversed() as [Socket, Socket]]) {
      const pass = (act: () => void): void => {
        if (this.#weather === 'silent' || !this.#pairs.has(pair)) return;
        if (this.#weather === 'slow') setTimeout(act, slowMs);
        else act();
      };
      from.on('data', (chunk: Buffer) => pass(() => send(to, chunk)));
      from.on('error', () => undefined);
      from.on('close', () => pass(() => to.destroy()));
    }
  }
}
