// Whether a Spark master listens: asked by a connection, at the first of its addresses.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { masterAnswers, masterPlace } from './master-answers.ts';

it.each([
  ['spark://master:7077', 'master:7077'],
  ['spark://a:7077,b:7077', 'a:7077'],
])('of %s it is %s', (master, place) => {
  expect(masterPlace(master)).toBe(place);
});

it('answers where something listens, and is unreachable where nothing does', async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const place = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  await expect(masterAnswers(place)).resolves.toBe(place);
  await new Promise((resolve) => void server.close(resolve));
  const fault = { code: 'SPARK_UNREACHABLE', params: { address: place } };
  await expect(masterAnswers(place)).rejects.toMatchObject(fault);
});
