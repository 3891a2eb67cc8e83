// The Spark job's rate and start time, beside the built-in consumer's rate on the same servers: in Docker, where Spark's
// image is there already. A part of bench.ts.
import { openDocker } from '../../stack/docker/engine/find-engine.ts';
import { imageId } from '../../stack/docker/images/pull.ts';
import { UsersConsumer } from '../../pipeline/users/consumer/consumer.ts';
import { ensureUsersTopics } from '../../pipeline/users/topics.ts';
import { usersTopic } from '../../words/users.ts';
import { openSparkLab, type SparkLab } from '../docker/spark-lab.ts';
import { eventually } from '../integration/lab.ts';
import { produce, rateOf, someUsers, toMessage } from './messages.ts';

const count = 180_000;

async function hasSpark(): Promise<boolean> {
  try {
    const { docker } = await openDocker();
    return (await imageId(docker, 'apache/spark:3.5.4')) !== undefined;
  } catch {
    return false;
  }
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

/** A job from its start through all of the topic. */
async function sparkLine(lab: SparkLab, messages: number): Promise<string> {
  const startedAt = Date.now();
  const job = await lab.job('--mode', 'initial', '--no-create');
  await job.settles(messages);
  const running = job.events.find(({ event }) => event === 'running');
  const batches = job.events.flatMap((event) => (event.event === 'batch' ? [event] : []));
  const [first, ...warm] = batches;
  const last = warm.at(-1);
  if (running?.event !== 'running' || !first || !last) return 'Spark: too few batches to tell';
  const handled = warm.reduce((sum, { written, deadLetters }) => sum + written + deadLetters, 0);
  const rate = Math.round(handled / ((last.at - first.at) / 1_000));
  const [start, warmUp] = [running.at - startedAt, first.at - running.at];
  return `Spark ${rate} rows/s once warm, running after ${seconds(start)}, its first batch ${seconds(warmUp)} later`;
}

/** Says why not where it cannot be measured. */
export async function benchSpark(): Promise<string> {
  if (!(await hasSpark())) return 'Spark: no Docker with apache/spark:3.5.4 here, not measured';
  const lab = await openSparkLab();
  try {
    const { broker, database } = lab;
    await lab.python(['/opt/riacho/fetch_jars.py', '/opt/spark/work-dir/jars']);
    await ensureUsersTopics(broker, { replication: 1 });
    await database.ensureUsersTable({ replication: 1 });
    await produce(broker, usersTopic, (await someUsers(count)).map(toMessage));
    const spark = await sparkLine(lab, count);
    const consumer = new UsersConsumer({ broker, database, mode: 'initial', ensureTopics: async () => {} });
    await consumer.start();
    const rate = await rateOf(count, () =>
      eventually('all written', () => consumer.frame().written >= count, 300_000),
    );
    await consumer.stop();
    return `${spark}; the built-in one on the same servers ${rate} rows/s`;
  } finally {
    await lab.close();
  }
}
