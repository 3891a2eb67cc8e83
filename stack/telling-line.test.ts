import { expect, it } from 'vitest';
import { tellingLine } from './telling-line.ts';

it.each([
  [
    'the deepest cause',
    ['ERROR failed', 'java.lang.X: a', '\tat x.Y', 'Caused by: b', 'Caused by: c', '\tat z'],
    'c',
  ],
  ['the last error', ['ERROR one', 'ERROR two', '\tat x.Y', 'INFO shut down'], 'ERROR two'],
  ['a bare exception', ['java.net.BindException: taken', '\tat x.Y'], 'java.net.BindException: taken'],
  ['the last line', ['one', 'two', ''], 'two'],
  ['nothing', [], ''],
])('finds %s the most telling', (_, lines, expected) => {
  expect(tellingLine(lines)).toBe(expected);
});
