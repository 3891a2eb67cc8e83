// The last lines of a log, those of them that a filter lets through, and where a search finds something.
// Lives outside React, which is told by versions; knows no client.
import type { LogLevel, LogLine } from '../../../words/services.ts';

export const logLinesMax = 10_000;

const rank: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Positions count from 0 at the oldest line shown; numbers go on for ever and name a line even when older ones went. */
export class LogBook {
  readonly #listeners = new Set<() => void>();
  #lines: LogLine[] = [];
  #shown: LogLine[] = [];
  /** Number of the oldest line shown. */
  #first = 0;
  #level: LogLevel = 'debug';
  #search = '';
  /** Numbers of the lines that the search finds. */
  #matches: number[] = [];
  #widest = 0;
  #skipped = 0;
  #version = 0;

  get count(): number {
    return this.#shown.length;
  }
  get first(): number {
    return this.#first;
  }
  get matchCount(): number {
    return this.#matches.length;
  }
  /** Letters of the longest line. */
  get widest(): number {
    return this.#widest;
  }
  /** Lines that came too fast to be read. */
  get skipped(): number {
    return this.#skipped;
  }
  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }
  readonly version = (): number => this.#version;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  lineAt(position: number): LogLine | undefined {
    return this.#shown[position];
  }

  /** Which of the matches, from 1; 0 for none. */
  matchOf(number: number): number {
    return this.#matches.indexOf(number) + 1;
  }

  /** The number of the match behind (`1`) or before (`-1`) a line, going round at the ends. */
  matchFrom(number: number, direction: 1 | -1): number | undefined {
    return direction === 1
      ? (this.#matches.find((one) => one > number) ?? this.#matches[0])
      : (this.#matches.findLast((one) => one < number) ?? this.#matches.at(-1));
  }

  append(lines: readonly LogLine[], skipped: number): void {
    if (lines.length === 0 && skipped === 0) return;
    this.#skipped += skipped;
    this.#lines.push(...lines);
    const gone = this.#lines.splice(0, Math.max(0, this.#lines.length - logLinesMax));
    for (const line of lines) this.#show(line);
    const unseen = gone.filter((line) => this.#passes(line)).length;
    this.#shown.splice(0, unseen);
    this.#first += unseen;
    const stillThere = this.#matches.findIndex((number) => number >= this.#first);
    this.#matches.splice(0, stillThere < 0 ? this.#matches.length : stillThere);
    this.#changed();
  }

  clear(): void {
    this.#lines = [];
    this.#skipped = 0;
    this.#arrange();
  }

  /** Shows this level and what is worse. */
  setLevel(level: LogLevel): void {
    this.#level = level;
    this.#arrange();
  }

  /** Letter case aside; nothing is hidden by it. */
  setSearch(text: string): void {
    this.#search = text.toLowerCase();
    this.#arrange();
  }

  /** The lines shown as text, one each. */
  text(): string {
    return this.#shown
      .map(
        ({ at, name, level, text }) => `${new Date(at).toISOString()} ${name} ${level.toUpperCase()} ${text}`,
      )
      .join('\n');
  }

  #passes({ level }: LogLine): boolean {
    return rank[level] >= rank[this.#level];
  }

  #show(line: LogLine): void {
    if (!this.#passes(line)) return;
    if (this.#search !== '' && line.text.toLowerCase().includes(this.#search)) {
      this.#matches.push(this.#first + this.#shown.length);
    }
    this.#shown.push(line);
    this.#widest = Math.max(this.#widest, line.text.length);
  }

  #arrange(): void {
    this.#shown = [];
    this.#matches = [];
    this.#first = 0;
    this.#widest = 0;
    for (const line of this.#lines) this.#show(line);
    this.#changed();
  }

  #changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}
