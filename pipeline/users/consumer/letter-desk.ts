// Collects refused messages and sends them to the dead letters' topic, one request at a time, until the broker
// has them. Only a ledger that is no longer in use lets go of its letters.
import { setTimeout as delay } from 'node:timers/promises';
import type { MessageProducer, OutgoingMessage } from '../../kafka/broker.ts';
import type { Entry, Ledger } from './ledger.ts';
import { sendLetters } from './letters.ts';

/** Longest wait between two tries. */
const pauseMaxMs = 2_000;

export interface Refusal {
  ledger: Ledger;
  entry: Entry;
  /** What it takes up in the window, given back when it is settled. */
  weight: number;
  letter: OutgoingMessage;
}

export interface LetterDeskOptions {
  producer: MessageProducer;
  isCurrent: (ledger: Ledger) => boolean;
  /** The broker did not take the letters; they are tried again after this resolves. */
  failed: (error: unknown) => Promise<void>;
  /** The broker has them, or they are no longer wanted. */
  settled: (refusals: readonly Refusal[], areSent: boolean) => void;
}

export class LetterDesk {
  readonly #options: LetterDeskOptions;
  #waiting: Refusal[] = [];
  #isSending = false;
  #isClosed = false;

  constructor(options: LetterDeskOptions) {
    this.#options = options;
  }

  /** Takes a refusal; it leaves with the next `flush`. */
  add(refusal: Refusal): void {
    this.#waiting.push(refusal);
  }

  /** Sends what has been collected, unless a request is on its way: then right after it. */
  flush(): void {
    if (this.#waiting.length === 0 || this.#isSending) return;
    const refusals = this.#waiting;
    this.#waiting = [];
    this.#isSending = true;
    void this.#send(refusals).finally(() => {
      this.#isSending = false;
      this.flush();
    });
  }

  /** Gives up trying. What was not sent was never counted, so the next run meets it again. */
  close(): void {
    this.#isClosed = true;
  }

  async #send(refusals: Refusal[]): Promise<void> {
    const { producer, isCurrent, failed, settled } = this.#options;
    for (let pauseMs = 100; !this.#isClosed; pauseMs = Math.min(2 * pauseMs, pauseMaxMs)) {
      const wanted = refusals.filter(({ ledger }) => isCurrent(ledger));
      if (wanted.length === 0) break;
      try {
        await sendLetters(
          producer,
          wanted.map(({ letter }) => letter),
        );
        settled(refusals, true);
        return;
      } catch (error) {
        await failed(error);
        await delay(pauseMs);
      }
    }
    settled(refusals, false);
  }
}
