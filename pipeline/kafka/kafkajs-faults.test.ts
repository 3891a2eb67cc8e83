// What the library throws, as a person hears it.
import { expect, it } from 'vitest';
import { isWorthAnotherTry, translate } from './kafkajs-faults.ts';

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

it('lets a passing fault pass, also when it has been put into our words', () => {
  const rebalancing = Object.assign(new Error('the group is rebalancing'), { retriable: true });
  const refused = Object.assign(new Error('no such version'), { retriable: false });
  expect(isWorthAnotherTry(rebalancing)).toBe(true);
  expect(isWorthAnotherTry(translate(rebalancing, ['a:1']))).toBe(true);
  expect(isWorthAnotherTry(refused)).toBe(false);
  expect(isWorthAnotherTry(translate(refused, ['a:1']))).toBe(false);
});

it('waits for whatever it says is away, also where the library would not', () => {
  // As kafkajs 2.2.4 ends a consumer that asks a broker on its way down for the coordinator of its group.
  const final = { retriable: false };
  const nobody = Object.assign(new Error('Failed to find group coordinator'), {
    name: 'KafkaJSGroupCoordinatorNotFound',
    ...final,
  });
  const crash = Object.assign(new Error(nobody.message, { cause: nobody }), {
    name: 'KafkaJSNonRetriableError',
    ...final,
  });
  expect(translate(crash, brokers)).toMatchObject({ code: 'BROKER_UNREACHABLE' });
  expect(isWorthAnotherTry(crash)).toBe(true);
});
