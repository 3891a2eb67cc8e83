// The disk of an engine, on the one disk that a test has.
import { hostname, tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { requireDiskSpace } from './disk-space.ts';

const here = { machine: hostname(), folder: tmpdir() };

describe('the disk of an engine', () => {
  it('is full where less is free than is needed', async () => {
    const detail = expect.stringMatching(/: \d+ MB$/);
    const asking = requireDiskSpace(here, Number.MAX_SAFE_INTEGER);
    await expect(asking).rejects.toMatchObject({ code: 'DOCKER_DISK_FULL', params: { detail } });
  });

  it('has room where that is free', async () => {
    expect(await requireDiskSpace(here, 1)).toBeUndefined();
  });

  it.each([
    ['runs on another machine', { ...here, machine: `not-${hostname()}` }],
    ['has its folder in a virtual machine', { ...here, folder: '/none/of/this' }],
  ])('is not judged where the engine %s', async (_what, place) => {
    expect(await requireDiskSpace(place, Number.MAX_SAFE_INTEGER)).toBeUndefined();
  });
});
