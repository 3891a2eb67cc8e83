// Tells a page that broke down once from one that breaks down each time it is loaded. Does nothing about it.

/** More than so many within this time, and loading it anew is no help. */
const most = 3;
const withinMs = 60_000;

export class Breakdowns {
  #atMs: number[] = [];

  /** Counts one; false when there were too many of late. A person who is asked then begins the count anew. */
  isAnother(nowMs: number): boolean {
    this.#atMs = [...this.#atMs.filter((atMs) => nowMs - atMs < withinMs), nowMs];
    if (this.#atMs.length <= most) return true;
    this.#atMs = [];
    return false;
  }
}
