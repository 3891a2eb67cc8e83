// Dead letters for a person: read, judged, put back once.
import type { MessagePlace } from '../words/browse.ts';
import type { DeadLetterReason } from '../words/dead-letters.ts';
import { decide } from '../pipeline/users/decide.ts';
import { readLetters, type LetterReason, type LettersRead } from '../pipeline/users/letter-box.ts';
import { putBack } from '../pipeline/users/put-back.ts';
import type { Connections } from './connections.ts';

export class Letters {
  readonly #connections: Connections;
  #puttingBack: Promise<void> = Promise.resolve();

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  async read(options: {
    limit: number;
    reason?: LetterReason | undefined;
    signal?: AbortSignal | undefined;
  }): Promise<LettersRead> {
    const { broker } = await this.#connections.open();
    return readLetters(broker, options);
  }

  /** What would become of this value: nothing said is a row. */
  judge(value: string): { reason?: DeadLetterReason; field?: string } {
    const decision = decide(Buffer.from(value));
    if ('row' in decision) return {};
    const { reason, field } = decision;
    return { reason, ...(field !== undefined && { field }) };
  }

  /** One at a time: two would fence each other off. Rejects with `LETTER_GONE`, `LETTER_PUT_BACK` or `MESSAGE_TOO_LARGE`. */
  putBack(mended: MessagePlace & { value: string }): Promise<void> {
    const done = this.#puttingBack.then(async () => {
      const { broker } = await this.#connections.open();
      await putBack(broker, mended);
    });
    this.#puttingBack = done.catch(() => undefined);
    return done;
  }
}
