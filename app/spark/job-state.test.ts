// A run of the Spark job by the lines that a real one printed: its steps, its counters, where it stands, how it ends.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseJobEvent, type JobEvent } from './job-events.ts';
import { JobState } from './job-state.ts';

const addresses = { kafka: 'broker:29092', cassandra: 'cassandra:9042', master: 'spark-master:7077' };
const recorded = readFileSync(new URL('../../tests/data/spark-job.jsonl', import.meta.url), 'utf8');
const lines = recorded.trim().split('\n');

/** The recorded lines up to the first of this kind. */
function upTo(event: JobEvent['event']): JobEvent[] {
  const events = lines.flatMap((line) => parseJobEvent(line) ?? []);
  return events.slice(0, events.findIndex((one) => one.event === event) + 1);
}

function after(event: JobEvent['event']): JobState {
  const job = new JobState('initial');
  job.launched();
  for (const one of upTo(event)) job.said(one, addresses);
  return job;
}

function failure(reason: string, further: Partial<JobEvent & { event: 'failed' }> = {}) {
  const job = after('starting');
  job.said({ event: 'failed', reason, said: 'so it said', ...further }, addresses);
  return job.frame().state;
}

describe('a line', () => {
  it('of the job is understood, whichever it is', () => {
    expect(lines.filter((line) => parseJobEvent(line) === undefined)).toEqual([]);
  });

  it.each([
    '26/11/23 00:33:38 ERROR TaskSchedulerImpl: Lost executor 1',
    '{"event": "batch"}',
    '{"event": "unknown"}',
    '{',
    '',
  ])('that is none is passed over: %s', (line) => {
    expect(parseJobEvent(line)).toBeUndefined();
  });
});

describe('a run of the Spark job', () => {
  it('waits for its place, then says step by step how far it is', () => {
    const job = new JobState('append');
    expect(job.frame().state).toEqual({ status: 'waiting', for: 'spark' });
    job.launched();
    expect(job.frame()).toMatchObject({ state: { status: 'starting' }, step: { kind: 'launching' } });
    const steps = upTo('running').map((event) => {
      job.said(event, addresses);
      return job.frame().step;
    });
    expect(steps).toEqual([
      { kind: 'jars', done: 1, total: 14 },
      { kind: 'jars', done: 14, total: 14 },
      { kind: 'connecting' },
      undefined,
    ]);
    expect(job.frame().state).toEqual({ status: 'running' });
  });

  it('counts what became of the messages since it began, and tells of its last batch', () => {
    expect(after('running').frame()).toMatchObject({ written: 0, deadLetters: 0, skipped: 0 });
    expect(after('batch').frame()).toMatchObject({
      processor: 'spark',
      mode: 'initial',
      written: 18_000,
      deadLetters: 2_000,
      skipped: 0,
      batch: { written: 18_000, deadLetters: 2_000, ms: 23_212 },
    });
  });

  it('stands, in each partition, where its totals say', () => {
    const positions = after('batch').positions();
    expect(positions.get(2)).toEqual({
      offset: 6_701,
      counters: { origin: 0, skipped: 0, written: 6_016, deadLetters: 685 },
    });
    expect(new Set(positions.keys())).toEqual(new Set([0, 1, 2]));
  });

  it('says what it waits for, and goes on', () => {
    const job = after('waiting');
    expect(job.frame().state).toEqual({
      status: 'waiting',
      for: 'executors',
      fault: { code: 'SPARK_NO_CORES', params: { address: 'spark-master:7077' } },
    });
    for (const event of upTo('running')) job.said(event, addresses);
    expect(job.frame().state).toEqual({ status: 'running' });
  });

  it('has ended well when it was told to, however its driver ended', () => {
    const job = after('batch');
    job.stopping();
    expect(job.frame().state).toEqual({ status: 'stopping' });
    job.ended({ exitCode: 143, outOfMemory: false }, []);
    expect(job.frame()).toMatchObject({ state: { status: 'done' }, written: 18_000 });
    expect(job.frame().endedAt).toBeGreaterThan(0);
  });

  it('has failed when its driver ended unasked, for the first reason there was', () => {
    const job = after('batch');
    job.ended({ exitCode: 1, outOfMemory: false }, ['26/11/23 00:33:38 ERROR Lost', 'at Here']);
    const line = '26/11/23 00:33:38 ERROR Lost';
    const state = { status: 'failed', fault: { code: 'SPARK_ENDED', params: { exitCode: 1, line } } };
    expect(job.frame().state).toEqual(state);
    job.ended({ exitCode: 137, outOfMemory: true }, []);
    expect(job.frame().state).toEqual(state);
  });

  it('says that it was killed for its memory', () => {
    const job = after('batch');
    job.ended({ exitCode: 137, outOfMemory: true }, []);
    expect(job.frame().state).toMatchObject({ fault: { code: 'SPARK_OUT_OF_MEMORY' } });
  });

  it.each([
    ['kafka-unreachable', { code: 'BROKER_UNREACHABLE', params: { address: 'broker:29092' } }],
    ['cassandra-unreachable', { code: 'CASSANDRA_UNREACHABLE', params: { address: 'cassandra:9042' } }],
    ['spark-unreachable', { code: 'SPARK_UNREACHABLE', params: { address: 'spark-master:7077' } }],
    ['spark-lost', { code: 'SPARK_LOST', params: { detail: 'so it said' } }],
    ['topic-missing', { code: 'TOPIC_MISSING', params: { topic: 'so it said' } }],
    ['topic-reset', { code: 'SPARK_TOPIC_RESET', params: { detail: 'so it said' } }],
    ['refused-by-table', { code: 'SPARK_ROW_REFUSED', params: { detail: 'so it said' } }],
    ['busy', { code: 'SPARK_BUSY', params: { name: 'so it said' } }],
    ['something new', { code: 'SPARK_FAILED', params: { detail: 'so it said' } }],
  ])('fails with what it says: %s', (reason, fault) => {
    expect(failure(reason)).toEqual({ status: 'failed', fault });
  });

  it('names the library that could not be fetched, and from where', () => {
    const place = { jar: 'a.jar', repository: 'https://repo.example' };
    const params = { ...place, detail: 'so it said' };
    const fault = { code: 'SPARK_JARS_UNREACHABLE', params };
    expect(failure('jars-unreachable', place)).toEqual({ status: 'failed', fault });
  });
});
