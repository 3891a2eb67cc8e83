// What the library throws, as a person hears it.
import { expect, it } from 'vitest';
import { translate } from './kafkajs-faults.ts';

const brokers = ['127.0.0.1:9092'];

it('takes an answer that never came for a broker that is away', () => {
  // As kafkajs 2.2.4 throws it on a busy machine, out of `listTopics`.
  const error = new TypeError(
    "Cannot destructure property 'topicMetadata' of '(intermediate value)' as it is undefined.",
  );
  expect(translate(error, brokers)).toMatchObject({
    code: 'BROKER_UNREACHABLE',
    params: { address: brokers[0] },
  });
});

it('keeps what the broker itself refused, in its words', () => {
  expect(translate(new Error('not allowed here'), brokers)).toMatchObject({
    code: 'BROKER_REFUSED',
    params: { detail: 'not allowed here' },
  });
});
