import { expect, it } from 'vitest';
import { Layers } from './layers.ts';

it('counts a layer half when it is fetched, and whole when it is unpacked', () => {
  const layers = new Layers();
  const take = (id: string, status: string, current?: number, total?: number) => {
    layers.take({
      id,
      status,
      progressDetail: { ...(current !== undefined && { current }), ...(total !== undefined && { total }) },
    });
    return layers.progress;
  };
  expect(take('3.9.0', 'Pulling from apache/kafka')).toEqual({ done: 0, total: 0 });
  expect(take('a', 'Pulling fs layer')).toEqual({ done: 0, total: 0 });
  expect(take('a', 'Downloading', 50, 100)).toEqual({ done: 25, total: 100 });
  expect(take('b', 'Downloading', 20, 200)).toEqual({ done: 35, total: 300 });
  expect(take('a', 'Download complete')).toEqual({ done: 60, total: 300 });
  expect(take('a', 'Extracting', 40, 100)).toEqual({ done: 80, total: 300 });
  expect(take('a', 'Pull complete')).toEqual({ done: 110, total: 300 });
  expect(take('c', 'Already exists')).toEqual({ done: 110, total: 300 });
  // Newer engines unpack by seconds, which are no bytes.
  expect(take('b', 'Extracting', 3)).toEqual({ done: 110, total: 300 });
  expect(take('b', 'Pull complete')).toEqual({ done: 300, total: 300 });
});
