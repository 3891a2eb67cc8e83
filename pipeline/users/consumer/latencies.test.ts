// Times from sent to written: of the last second only, bounded, and of messages that bear a trace.
import { describe, expect, it } from 'vitest';
import { traceHeader } from '../../../words/runs.ts';
import { Latencies } from './latencies.ts';

const message = (sentAt: number) => ({
  headers: { [traceHeader]: Buffer.from(JSON.stringify({ v: 1, fetchedAt: 1, sentAt, source: 'offline' })) },
});

describe('latencies', () => {
  it('tell the median and the slow end of the last second', () => {
    const latencies = new Latencies();
    for (let ms = 1; ms <= 100; ms += 1) latencies.note(message(10_000 - ms), 10_000);
    expect(latencies.read(10_500)).toEqual({ p50Ms: 51, p95Ms: 96 });
    latencies.note(message(10_893), 10_900);
    expect(latencies.read(11_100)).toEqual({ p50Ms: 7, p95Ms: 7 });
    expect(latencies.read(12_000)).toBeUndefined();
  });

  it('know nothing of messages without a trace, or with one that is none', () => {
    const latencies = new Latencies();
    const traces = [undefined, '', '{}', '{"sentAt":"soon"}', Buffer.from([0xff])];
    for (const trace of traces) latencies.note({ headers: { [traceHeader]: trace } }, 10_000);
    expect(latencies.read(10_000)).toBeUndefined();
    latencies.note({ headers: { [traceHeader]: ['{"sentAt":9990}', 'x'] } }, 10_000);
    expect(latencies.read(10_000)).toEqual({ p50Ms: 10, p95Ms: 10 });
  });

  it('are never negative, whatever another machine’s clock says', () => {
    const latencies = new Latencies();
    latencies.note(message(20_000), 10_000);
    expect(latencies.read(10_000)).toEqual({ p50Ms: 0, p95Ms: 0 });
  });

  it('keep the newest of very many', () => {
    const latencies = new Latencies();
    for (let count = 0; count < 10_000; count += 1) {
      latencies.note(message(10_000 - (count < 5_000 ? 900 : 3)), 10_000);
    }
    expect(latencies.read(10_000)).toEqual({ p50Ms: 3, p95Ms: 3 });
  });
});
