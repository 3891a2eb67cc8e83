// Lines of Kafka, Cassandra and our own log, understood; everything else is text.
import { describe, expect, it } from 'vitest';
import { parseContainerLine, parseLogLine } from './log-lines.ts';

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

describe('a line of a container', () => {
  // As Kafka, Cassandra, Airflow, Spark and PostgreSQL write them in their images.
  it.each([
    ['[2026-11-22 18:00:01,250] ERROR Exiting Kafka (kafka.Kafka$)', 'error'],
    ['INFO  [main] 2026-11-22 18:00:00,000 CassandraDaemon.java:675 - Startup complete', 'info'],
    ['[\u001B[34m2026-11-22T18:00:00.000+0000\u001B[0m] {manager.py:170} WARNING\u001B[0m - slow', 'warn'],
    ['26/11/22 18:00:00 WARN TaskSchedulerImpl: Initial job has not accepted any resources', 'warn'],
    ['2026-11-22 18:00:00.000 UTC [1] FATAL:  could not write', 'error'],
  ])('says how grave it is: %j', (line, level) => {
    const parsed = parseContainerLine(line);
    expect(parsed.level).toBe(level);
    expect(parsed.text).not.toContain('\u001B');
  });

  it('that names no level has none, and a word of the text is no level', () => {
    expect(parseContainerLine('\tat java.lang.Error(X.java:1)')).toEqual({
      text: '\tat java.lang.Error(X.java:1)',
    });
    expect(parseContainerLine('the information is here')).toEqual({ text: 'the information is here' });
  });
});
