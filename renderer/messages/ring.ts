// A bounded list that forgets its oldest entries. Lives outside React: who shows it is told by a version.

/** Entries are numbered from 0 as they come; numbers stay theirs, also when older ones are forgotten. */
export class Ring<T> {
  readonly #slots: T[] = [];
  readonly #capacity: number;
  #first = 0;
  #end = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The number of the oldest entry kept. */
  get first(): number {
    return this.#first;
  }

  /** The number that the next entry gets. */
  get end(): number {
    return this.#end;
  }

  get length(): number {
    return this.#end - this.#first;
  }

  /** Adds `entries`; returns how many older ones were forgotten for them. */
  push(entries: Iterable<T>): number {
    const before = this.#first;
    for (const entry of entries) {
      this.#slots[this.#end % this.#capacity] = entry;
      this.#end += 1;
    }
    this.#first = Math.max(this.#first, this.#end - this.#capacity);
    return this.#first - before;
  }

  /** The entry of that number; undefined where it is forgotten or not there yet. */
  at(number: number): T | undefined {
    if (number < this.#first || number >= this.#end) return undefined;
    return this.#slots[number % this.#capacity];
  }

  /** Oldest first. */
  *[Symbol.iterator](): Generator<T> {
    for (let number = this.#first; number < this.#end; number += 1) {
      const entry = this.at(number);
      if (entry !== undefined) yield entry;
    }
  }

  /** Forgets all of them; numbers go on. */
  clear(): void {
    this.#slots.length = 0;
    this.#first = this.#end;
  }
}
