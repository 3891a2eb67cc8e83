// What the terminal shows: lines that stay, lines that change, tables; or one JSON object a line.
// Knows nothing of what it shows.
import Table from 'cli-table3';
import { createLogUpdate } from 'log-update';

/** Without a terminal a changing line is written at most this often. */
const plainEveryMs = 5_000;
const cellMax = 40;
const cellMin = 8;

export interface ScreenOptions {
  json: boolean;
  output: NodeJS.WriteStream;
}

export class Screen {
  readonly isJson: boolean;
  readonly #output: NodeJS.WriteStream;
  readonly #live: ReturnType<typeof createLogUpdate> | undefined;
  #lastPlain = { text: '', at: Number.NEGATIVE_INFINITY };

  constructor({ json, output }: ScreenOptions) {
    this.isJson = json;
    this.#output = output;
    this.#live = !json && output.isTTY ? createLogUpdate(output) : undefined;
  }

  get isLive(): boolean {
    return this.#live !== undefined;
  }

  get columns(): number {
    return this.#output.columns ?? 100;
  }

  /** A line that stays. Nothing in JSON mode, where `event` says it. */
  line(text: string): void {
    if (this.isJson) return;
    this.#live?.clear();
    this.#output.write(`${harmless(text)}\n`);
  }

  /** Lines that the next call replaces; without a terminal a plain line now and then. */
  changing(lines: string[]): void {
    if (this.isJson) return;
    const text = harmless(lines.join('\n'));
    if (this.#live) {
      this.#live(text);
      return;
    }
    const now = performance.now();
    if (text === this.#lastPlain.text || now - this.#lastPlain.at < plainEveryMs) return;
    this.#lastPlain = { text, at: now };
    this.#output.write(`${text}\n`);
  }

  /** Takes the changing lines away. */
  settle(): void {
    this.#live?.clear();
    this.#lastPlain = { text: '', at: Number.NEGATIVE_INFINITY };
  }

  event(event: object): void {
    if (this.isJson) this.#output.write(`${JSON.stringify(event)}\n`);
  }

  table(head: readonly string[], rows: readonly (readonly string[])[]): void {
    if (this.isJson) return;
    // A table wider than the terminal is unreadable: cells give way until it fits.
    const room =
      Math.floor(((this.#output.columns ?? Number.POSITIVE_INFINITY) - 1) / Math.max(1, head.length)) - 3;
    const width = Math.max(cellMin, Math.min(cellMax, room));
    const cells = (texts: readonly string[]): string[] => texts.map((text) => shorten(text, width));
    const table = new Table({ head: cells(head), style: { head: [], border: [], compact: true } });
    for (const row of rows) table.push(cells(row));
    this.line(table.toString());
  }
}

/** Records and servers may say anything: of what could steer a terminal only the end of a line is left. */
function harmless(text: string): string {
  return text.replace(/[^\P{Cc}\n]/gu, ' ');
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A cell on one line, of a bearable width; of a value of many kilobytes only the beginning is looked at. */
function shorten(text: string, width: number): string {
  const beginning = text.slice(0, 4 * width).toWellFormed();
  const characters = Array.from(
    graphemes.segment(beginning.replace(/\p{Cc}+/gu, ' ')),
    ({ segment }) => segment,
  );
  const isWhole = beginning.length === text.length && characters.length <= width;
  return isWhole ? characters.join('') : `${characters.slice(0, width - 1).join('')}…`;
}

/** A bar of `width` characters, filled to `share` (0 to 1). */
export function bar(share: number, width = 24): string {
  const full = Math.round(Math.max(0, Math.min(1, share)) * width);
  return `${'█'.repeat(full)}${'░'.repeat(width - full)}`;
}

/** Bytes in the unit a person would choose, to one decimal. */
export function size(bytes: number): { amount: number; unit: string } {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return { amount: Math.round((bytes / 1024 ** power) * 10) / 10, unit: units[power] ?? '' };
}
