// Lines of Kafka, Cassandra and our own log, understood; everything else is text.
import { describe, expect, it } from 'vitest';
import { parseLogLine } from './log-lines.ts';

describe('a line of a log', () => {
  it('of a service bears a time, a level and the rest', () => {
    expect(
      parseLogLine('kafka', '2026-11-22T18:00:01.250Z INFO  [KafkaServer] started (kafka.server)'),
    ).toEqual({
      at: Date.UTC(2026, 10, 22, 18, 0, 1, 250),
      level: 'info',
      text: '[KafkaServer] started (kafka.server)',
    });
    expect(
      parseLogLine('cassandra', '2026-11-22T15:00:01.250-03:00 ERROR [CassandraDaemon] Exception'),
    ).toEqual({
      at: Date.UTC(2026, 10, 22, 18, 0, 1, 250),
      level: 'error',
      text: '[CassandraDaemon] Exception',
    });
  });

  it.each(['\tat org.apache.Thing.run(Thing.java:1)', 'Caused by: java.lang.Error', '', '2026-11-22 INFO x'])(
    'that bears none is only text: %j',
    (line) => expect(parseLogLine('kafka', line)).toEqual({ text: line }),
  );

  it('of the app says what happened and why, not where in the program', () => {
    const error = JSON.stringify({
      level: 40,
      time: '2026-11-22T18:00:01.250Z',
      pid: 7,
      err: { type: 'Error', message: 'no broker', stack: 'Error: no broker\n    at x.ts:1:1' },
      msg: 'commit',
    });
    expect(parseLogLine('riacho', error)).toEqual({
      at: Date.UTC(2026, 10, 22, 18, 0, 1, 250),
      level: 'warn',
      text: 'commit: no broker',
    });
    const plain = JSON.stringify({ level: 30, time: '2026-11-22T18:00:01.250Z', pid: 7, msg: 'hello' });
    expect(parseLogLine('riacho', plain)).toMatchObject({ level: 'info', text: 'hello' });
    const detail = JSON.stringify({
      level: 30,
      time: '2026-11-22T18:00:01.250Z',
      detail: { a: 1 },
      msg: 'x',
    });
    expect(parseLogLine('riacho', detail).text).toBe('x: {"a":1}');
    expect(parseLogLine('riacho', '{"level":')).toEqual({ text: '{"level":' });
  });

  it('that is very long is cut, not within a character', () => {
    const { text } = parseLogLine('kafka', `x${'😀'.repeat(3_000)}`);
    expect(text).toHaveLength(4_000);
    expect(text.isWellFormed()).toBe(true);
  });
});
