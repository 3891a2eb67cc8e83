// The program of writer.ts: `node writer-program.ts consumer|driver KAFKA CASSANDRA COUNT`. Told anything, it writes so many
// rows and says how many a second; it ends with its parent.
import cassandra from 'cassandra-driver';
import { openDriverDatabase } from '../../pipeline/cassandra/driver-database.ts';
import { openKafkajsBroker } from '../../pipeline/kafka/kafkajs-broker.ts';
import { UsersConsumer } from '../../pipeline/users/consumer/consumer.ts';
import { Latencies } from '../../pipeline/users/consumer/latencies.ts';
import { userColumns, usersKeyspace, usersTable } from '../../words/users.ts';
import { eventually } from '../integration/lab.ts';
import { rateOf, someUsers } from './messages.ts';

/** Writes in flight, as the consumer has them. */
const concurrencyLevel = 256;

const [kind, kafka = '', address = '', times] = process.argv.slice(2);
const count = Number(times);
const server = { contactPoints: [address], localDataCenter: 'datacenter1' };

type Write = () => Promise<number>;

/** The library by itself: the rows from memory, as fast as it writes them. */
async function openDriver(): Promise<Write> {
  const client = new cassandra.Client(server);
  await client.connect();
  const marks = userColumns.map(() => '?').join(', ');
  const statement = `INSERT INTO ${usersKeyspace}.${usersTable} (${userColumns.join(', ')}) VALUES (${marks})`;
  const rows = (await someUsers(count)).map((row) => userColumns.map((column) => row[column]));
  const options = { concurrencyLevel, collectResults: false };
  return () => rateOf(count, () => cassandra.concurrent.executeConcurrent(client, statement, rows, options));
}

/** As the app runs it, with its hook for the latencies, through messages that lie in the topic already. */
async function openConsumer(): Promise<Write> {
  const broker = openKafkajsBroker({ brokers: [kafka] });
  const database = openDriverDatabase(server);
  const start = async (): Promise<UsersConsumer> => {
    const latencies = new Latencies();
    const consumer = new UsersConsumer({
      broker,
      database,
      mode: 'append',
      ensureTopics: async () => {},
      onWritten: (message) => latencies.note(message, Date.now()),
    });
    await consumer.start();
    return consumer;
  };
  // The group gets its place before anything is sent, so that it reads all of it.
  await (await start()).stop();
  return async () => {
    const consumer = await start();
    const rate = await rateOf(count, () =>
      eventually('all written', () => consumer.frame().written >= count, 300_000),
    );
    await consumer.stop();
    return rate;
  };
}

const write = kind === 'driver' ? await openDriver() : await openConsumer();
process.on('message', () => void write().then((rate) => process.send?.(rate)));
process.on('disconnect', () => process.exit());
process.send?.('ready');
