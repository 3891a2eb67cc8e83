// What reaches a terminal, a pipe and a script; and that nothing a record holds can steer a terminal.
import { Writable } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bar, Screen, size } from './screen.ts';

/** A stream as `process.stdout` is one, which keeps what it is given. */
class Output extends Writable {
  text = '';
  readonly isTTY: boolean;
  readonly columns = 80;
  readonly rows = 24;

  constructor(isTTY: boolean) {
    super({ decodeStrings: false });
    this.isTTY = isTTY;
  }

  override _write(chunk: unknown, _encoding: string, done: () => void): void {
    this.text += String(chunk);
    done();
  }
}

function open({ json = false, isTTY = false } = {}) {
  const output = new Output(isTTY);
  // Of a terminal's stream the screen uses only what is here.
  const screen = new Screen({ json, output: output as unknown as NodeJS.WriteStream });
  return { screen, output };
}

/** What may stand in a terminal's way: everything but the ends of lines. */
const steering = /[^\P{Cc}\n]/u;

describe('nothing that is shown can steer a terminal', () => {
  const nasty = fc
    .array(
      fc.oneof(
        fc.string({ unit: 'binary-ascii' }),
        fc.constantFrom('\u001B[2J', '\u0085', '😀', '\u009B31m', '\u0007', '\r', '\b'),
      ),
    )
    .map((parts) => parts.join(''));

  it('not a line, a changing line, or a table’s head or cell', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const { screen, output } = open();
        screen.line(text);
        screen.changing([text]);
        screen.table([text], [[text]]);
        expect(output.text).not.toMatch(steering);
      }),
    );
  });

  it('and a table stays within the terminal', () => {
    const { screen, output } = open({ isTTY: true });
    screen.table(
      ['a', 'b', 'c', 'd'],
      [['x'.repeat(100), 'y'.repeat(100), 'z'.repeat(100), 'w'.repeat(100)]],
    );
    const widths = output.text.split('\n').map((line) => line.length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(output.columns);
    expect(output.text).toContain('x'.repeat(10));
  });

  it('and a cell stays on its one line', () => {
    const { screen, output } = open();
    screen.table(['a'], [['one\ntwo\r\nthree\tfour']]);
    expect(output.text).toContain('│ one two three four │');
  });
});

describe('a table', () => {
  it('cuts a long cell between two characters', () => {
    const { screen, output } = open();
    screen.table(['a'], [['x'.repeat(38) + '👩🏽‍🔬😀😀'], ['y'.repeat(40)], ['z'.repeat(100_000)]]);
    expect(output.text).toContain(`│ ${'x'.repeat(38)}👩🏽‍🔬… │`);
    expect(output.text).toContain(`│ ${'y'.repeat(40)} `);
    expect(output.text).toContain(`│ ${'z'.repeat(39)}… `);
  });
});

describe('in a pipe', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('a changing line is written when it changed, every five seconds at most', () => {
    const { screen, output } = open();
    const at = (ms: number, text: string): void => {
      vi.advanceTimersByTime(ms - performance.now() + start);
      screen.changing([text]);
    };
    const start = performance.now();
    at(0, 'one');
    at(100, 'two');
    at(4_999, 'three');
    at(5_000, 'four');
    at(20_000, 'four');
    at(20_001, 'five');
    expect(output.text).toBe('one\nfour\nfive\n');
  });

  it('what comes after a settled one is written at once', () => {
    const { screen, output } = open();
    screen.changing(['of the stack']);
    screen.settle();
    screen.changing(['of the run']);
    expect(output.text).toBe('of the stack\nof the run\n');
  });
});

describe('on a terminal', () => {
  it('a changing line takes the place of the one before, and a line that stays stands above', () => {
    const { screen, output } = open({ isTTY: true });
    expect(screen.isLive).toBe(true);
    screen.changing(['one']);
    screen.changing(['two']);
    screen.line('stays');
    screen.settle();
    const erasing = '\u001B[2K';
    expect(output.text.split('two')[0]).toContain(erasing);
    expect(output.text.split('two')[1]).toContain(erasing);
    expect(output.text.indexOf('stays')).toBeGreaterThan(output.text.lastIndexOf('two'));
  });
});

describe('for a script', () => {
  it('there is one JSON object a line and nothing else', () => {
    const { screen, output } = open({ json: true, isTTY: true });
    screen.line('no');
    screen.changing(['no']);
    screen.table(['no'], [['no']]);
    screen.event({ event: 'summary', text: 'line\nend' });
    screen.settle();
    expect(output.text).toBe('{"event":"summary","text":"line\\nend"}\n');
  });

  it('and events are for nobody else', () => {
    const { screen, output } = open();
    screen.event({ event: 'summary' });
    expect(output.text).toBe('');
  });
});

describe('a bar', () => {
  it.each([
    [0, '░░░░'],
    [0.5, '██░░'],
    [1, '████'],
    [-1, '░░░░'],
    [7, '████'],
  ])('of %d is %s', (share, text) => expect(bar(share, 4)).toBe(text));
});

describe('a size', () => {
  it.each([
    [0, 0, 'B'],
    [1_023, 1_023, 'B'],
    [1_024, 1, 'KiB'],
    [1_536, 1.5, 'KiB'],
    [5 * 1024 ** 2, 5, 'MiB'],
    [2 ** 42, 4_096, 'GiB'],
  ])('of %d bytes is %d %s', (bytes, amount, unit) => expect(size(bytes)).toEqual({ amount, unit }));
});
