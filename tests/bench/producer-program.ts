// The program of our-producer.ts: `node producer-program.ts BROKER TOPIC COUNT`. Prints messages a second, connecting and closing included.
import { openKafkajsBroker } from '../../pipeline/kafka/kafkajs-broker.ts';
import { produce, rateOf, someUsers, toMessage } from './messages.ts';

const different = 60_000;

const [address = '', topic = '', times = ''] = process.argv.slice(2);
const count = Number(times);
const messages = (await someUsers(different)).map(toMessage);
const all = Array.from({ length: Math.ceil(count / different) }, () => messages).flat();
const broker = openKafkajsBroker({ brokers: [address] });
try {
  const rate = await rateOf(count, () => produce(broker, topic, all.slice(0, count)));
  process.stdout.write(`${rate}\n`);
} finally {
  await broker.close();
}
