import { describe, expect, it } from 'vitest';
import { viewOf, type Inspected } from './container-view.ts';

const labels = { 'com.docker.compose.service': 'broker', 'com.docker.compose.oneoff': 'False' };

function inspected(state: Partial<Inspected['State']> = {}, more: Partial<Inspected> = {}): Inspected {
  return {
    Id: 'abc',
    Name: '/dsaservidor-broker-1',
    RestartCount: 0,
    State: {
      Status: 'running',
      ExitCode: 0,
      OOMKilled: false,
      StartedAt: '2026-01-31T10:00:00.5Z',
      ...state,
    },
    Config: { Image: 'apache/kafka:3.9.0', Labels: labels },
    HostConfig: { Memory: 1024, PortBindings: { '9092/tcp': [{ HostPort: '9092' }] } },
    NetworkSettings: { Ports: {} },
    ...more,
  };
}

const passed = (End: string) => ({ Start: End, End, ExitCode: 0, Output: '' });
const failed = (End: string, Output = '') => ({ Start: End, End, ExitCode: 1, Output });
const healthOf = (Status: string, Log: ReturnType<typeof failed>[]) => ({
  Health: { Status, FailingStreak: 0, Log },
});

describe('a container', () => {
  it('is read as what it is', () => {
    expect(viewOf(inspected())).toEqual({
      id: 'abc',
      name: 'dsaservidor-broker-1',
      service: 'broker',
      image: 'apache/kafka:3.9.0',
      state: 'running',
      exitCode: 0,
      outOfMemory: false,
      restarts: 0,
      startedAt: Date.parse('2026-01-31T10:00:00.5Z'),
      memoryLimitBytes: 1024,
      ports: new Map([[9092, 9092]]),
    });
  });

  it('is none of ours where it is no service', () => {
    expect(viewOf(inspected({}, { Config: { Image: 'i', Labels: {} } }))).toBeUndefined();
    const oneOff = { ...labels, 'com.docker.compose.oneoff': 'True' };
    expect(viewOf(inspected({}, { Config: { Image: 'i', Labels: oneOff } }))).toBeUndefined();
  });

  it('has not started before it has', () => {
    const view = viewOf(inspected({ Status: 'created', StartedAt: '0001-01-01T00:00:00Z' }));
    expect(view).toMatchObject({ state: 'created' });
    expect(view).not.toHaveProperty('startedAt');
  });

  it.each(['dead', 'removing', 'exited'])('runs no more when it is %s', (Status) => {
    expect(viewOf(inspected({ Status }))?.state).toBe('exited');
  });

  it('is at the port that Docker gave it, where that is another than was asked for', () => {
    const NetworkSettings = {
      Ports: { '9092/tcp': [{ HostIp: '127.0.0.1', HostPort: '32768' }], '1/tcp': null },
    };
    expect(viewOf(inspected({}, { NetworkSettings }))?.ports).toEqual(new Map([[9092, 32768]]));
  });
});

describe('a check', () => {
  it('has said what it said last, while it does not pass', () => {
    const log = [failed('2026-01-31T10:00:02Z', 'one\n'), failed('2026-01-31T10:00:04Z', 'ERROR two\nbye\n')];
    expect(viewOf(inspected(healthOf('starting', log)))).toMatchObject({
      health: 'starting',
      said: 'ERROR two',
    });
    expect(viewOf(inspected(healthOf('healthy', log)))).not.toHaveProperty('said');
  });

  it('tells how long the first pass took, unless that may be forgotten', () => {
    const first = [
      failed('2026-01-31T10:00:02Z'),
      passed('2026-01-31T10:00:04Z'),
      passed('2026-01-31T10:00:06Z'),
    ];
    expect(viewOf(inspected(healthOf('healthy', first)))?.readyMs).toBe(3_500);
    const full = Array.from({ length: 5 }, () => passed('2026-01-31T11:00:00Z'));
    expect(viewOf(inspected(healthOf('healthy', full)))).not.toHaveProperty('readyMs');
  });

  it('is none where Docker says so', () => {
    expect(viewOf(inspected(healthOf('none', [])))).not.toHaveProperty('health');
  });
});
