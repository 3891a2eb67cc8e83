// The book of a log: bounded, filtered, searched.
import { describe, expect, it } from 'vitest';
import type { LogLevel, LogLine } from '../../../words/services.ts';
import { LogBook, logLinesMax } from './log-book.ts';

function line(text: string, level: LogLevel = 'info'): LogLine {
  return { name: 'kafka', at: 0, level, text };
}

function texts(book: LogBook): (string | undefined)[] {
  return Array.from({ length: book.count }, (_, position) => book.lineAt(position)?.text);
}

const levels: LogLevel[] = ['debug', 'info', 'warn', 'error'];

describe('the book of a log', () => {
  it('keeps the newest lines and lets go of the oldest', () => {
    const book = new LogBook();
    for (let at = 0; at < 12; at += 1) {
      book.append(
        Array.from({ length: 1_000 }, (_, index) => line(`${at * 1_000 + index}`)),
        0,
      );
    }
    expect(book.count).toBe(logLinesMax);
    expect([book.lineAt(0)?.text, book.lineAt(logLinesMax - 1)?.text]).toEqual(['2000', '11999']);
    expect(book.first).toBe(2_000);
  });

  it('shows a level and what is worse, also of what comes later', () => {
    const book = new LogBook();
    book.append(
      levels.map((level) => line(level, level)),
      0,
    );
    book.setLevel('warn');
    book.append(
      levels.map((level) => line(`new ${level}`, level)),
      0,
    );
    expect(texts(book)).toEqual(['warn', 'error', 'new warn', 'new error']);
    book.setLevel('debug');
    expect(book.count).toBe(8);
  });

  it('counts how many of the lines shown went, and not those that were hidden', () => {
    const book = new LogBook();
    book.append(
      Array.from({ length: logLinesMax }, (_, index) =>
        line(String(index), index % 2 === 0 ? 'info' : 'error'),
      ),
      0,
    );
    book.setLevel('error');
    book.append([line('a', 'error'), line('b', 'error'), line('c', 'error'), line('d', 'error')], 0);
    expect(book.first).toBe(2);
    expect(book.lineAt(0)?.text).toBe('5');
    expect(book.count).toBe(logLinesMax / 2 + 2);
  });

  it('finds text whatever its case, before and behind a line, round the ends', () => {
    const book = new LogBook();
    book.append([line('one Fault'), line('two'), line('FAULT three')], 0);
    book.setSearch('fault');
    book.append([line('four'), line('a fault')], 0);
    expect(book.matchCount).toBe(3);
    expect([book.matchFrom(-1, 1), book.matchFrom(0, 1), book.matchFrom(4, 1)]).toEqual([0, 2, 0]);
    expect([book.matchFrom(4, -1), book.matchFrom(0, -1)]).toEqual([2, 4]);
    expect([book.matchOf(2), book.matchOf(1)]).toEqual([2, 0]);
  });

  it('forgets matches with their lines', () => {
    const book = new LogBook();
    book.setSearch('x');
    book.append([line('x1'), line('x2')], 0);
    book.append(
      Array.from({ length: logLinesMax - 1 }, () => line('-')),
      0,
    );
    expect(book.matchCount).toBe(1);
    expect(book.matchFrom(-1, 1)).toBe(1);
    expect(book.lineAt(1 - book.first)?.text).toBe('x2');
  });

  it('sums up what was left out, until it is cleared', () => {
    const book = new LogBook();
    book.append([line('a')], 5);
    book.append([], 7);
    expect(book.skipped).toBe(12);
    book.clear();
    expect([book.skipped, book.count, book.isEmpty]).toEqual([0, 0, true]);
  });

  it('gives the lines shown as text', () => {
    const book = new LogBook();
    book.append([line('started'), line('bad', 'error')], 0);
    book.setLevel('error');
    expect(book.text()).toBe('1970-01-01T00:00:00.000Z kafka ERROR bad');
  });
});
