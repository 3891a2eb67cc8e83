// The Spark job on a real cluster: the same rows and the same dead letters as the built-in consumer, whatever breaks.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobEvent } from '../../app/spark/job-events.ts';
import { headerText, type OutgoingMessage } from '../../pipeline/kafka/broker.ts';
import { decide } from '../../pipeline/users/decide.ts';
import { readVectors } from '../../pipeline/users/testing/vectors.ts';
import { letterHeaders } from '../../words/dead-letters.ts';
import { usersDeadLetterTopic, usersTopic } from '../../words/users.ts';
import { cli, eventually } from '../integration/lab.ts';
import { expectedOf, lettersBySource, messagesOf, rowsById, rowText } from './outcome.ts';
import { answers, openSparkLab, type Job, type SparkLab } from './spark-lab.ts';
import { docker } from './stack.ts';

const fetchJars = ['/opt/riacho/fetch_jars.py', '/opt/spark/work-dir/jars'];
const consume = ['/opt/riacho/dsa_consumer_stream.py', '--mode', 'append'];
const noRepository = { RIACHO_MAVEN: 'http://127.0.0.1:9/maven2' };
/** The longest vector is larger than Riacho's own topic takes, and than the letters' topic of this test. */
const sizes = { [usersTopic]: 4_000_000, [usersDeadLetterTopic]: 1_900_000 };
const place = { partition: 0, old: 3, sameId: 50, produced: 20_000, late: 30 };

const vectors = readVectors();
const opened: { lab?: SparkLab; job?: Job; fetched?: { code: number; lines: unknown[] } } = {};

function lab(): SparkLab {
  if (!opened.lab) throw new Error('no lab');
  return opened.lab;
}

function job(): Job {
  if (!opened.job) throw new Error('no job');
  return opened.job;
}

async function begin(...args: string[]): Promise<Job> {
  opened.job = await lab().job(...args);
  await opened.job.says('running');
  return opened.job;
}

async function stop(): Promise<number> {
  await docker('stop', '--time', '30', job().container);
  return job().ended();
}

async function createTopics(): Promise<void> {
  await lab().broker.create(
    Object.entries(sizes).map(([topic, bytes]) => ({
      topic,
      partitions: 3,
      replication: 1,
      config: { 'max.message.bytes': String(bytes), 'compression.type': 'uncompressed' },
    })),
  );
}

async function send(messages: readonly OutgoingMessage[]): Promise<void> {
  const producer = await lab().broker.openProducer();
  await producer.send(usersTopic, messages);
  await producer.close();
}

/** A record as others send it: of this id, with this name. */
function record(id: string, name: string): Buffer {
  const [first] = vectors;
  if (!first?.value) throw new Error('no first vector');
  return Buffer.from(JSON.stringify({ ...JSON.parse(first.value.toString()), id, first_name: name }));
}

/** The vectors with an id for each where they share one, so that each has a row of its own. */
function ownIds(): { name: string; value: Buffer | null; row?: Record<string, string>; reason?: string }[] {
  const shared = '4b8d2f0c9e3a4f6b8c7d5e1f2a3b4c5d';
  return vectors.map(({ name, value, expected }, index) => {
    const own = index.toString(16).padStart(32, '0');
    const renamed = value && Buffer.from(value.toString('latin1').replaceAll(shared, own), 'latin1');
    if (!('row' in expected)) return { name, value: renamed, reason: expected.reason };
    const { id = '' } = expected.row;
    return { name, value: renamed, row: { ...expected.row, id: id === shared ? own : id } };
  });
}

beforeAll(async () => {
  opened.lab = await openSparkLab();
  opened.fetched = await opened.lab.python(fetchJars);
  await createTopics();
});

afterAll(async () => {
  await opened.lab?.close();
});

describe('before it starts', () => {
  it('fetches its jars, saying how far it is, and fetches none twice', async () => {
    expect(opened.fetched?.code).toBe(0);
    const { lines = [] } = opened.fetched ?? {};
    expect(lines.at(-1)).toMatchObject({ event: 'jar', done: lines.length, of: lines.length });
    const again = await lab().python(fetchJars, noRepository);
    expect(again).toEqual({ code: 0, lines });
  });

  it.each([
    ['a repository that is not there', [fetchJars[0] ?? '', '/tmp/jars'], 4, 'jars-unreachable'],
    ['jars that were not fetched', [...consume, '--work', '/tmp'], 4, 'no-jars'],
    [
      'a master that is not there',
      [...consume, '--master', 'spark://127.0.0.1:7077'],
      5,
      'spark-unreachable',
    ],
    ['a broker that is not there', [...consume, '--brokers', '127.0.0.1:9'], 5, 'kafka-unreachable'],
  ])('says %s, and ends', async (_, command, code, reason) => {
    const ended = await lab().python(command, noRepository);
    expect(ended.code).toBe(code);
    expect(ended.lines.at(-1)).toMatchObject({ event: 'failed', reason });
  });
});

describe('at work', () => {
  it('begins at the end, in append, where it was never before', async () => {
    await send(
      Array.from({ length: place.old }, (_, n) => ({ key: null, value: record(`old-${n}`, 'old') })),
    );
    await begin('--mode', 'append');
    expect(job().totals()).toMatchObject({ written: 0, deadLetters: 0, skipped: place.old });
  });

  it('lets nobody else work on its checkpoint', async () => {
    const other = await lab().python(consume);
    expect(other.code).toBe(6);
    expect(other.lines.at(-1)).toMatchObject({ event: 'failed', reason: 'busy' });
  });

  it('makes of each vector the row or the dead letter that it must become', async () => {
    const cases = ownIds();
    for (const [index, { value }] of cases.entries())
      await send([{ key: `key-${index}`, value, headers: { case: String(index) } }]);
    await job().settles(cases.length);

    const rows = cases.flatMap(({ row }) => (row ? [[row['id'] ?? '', rowText(row)] as const] : []));
    expect(await rowsById(lab().database)).toEqual(new Map(rows));
    const letters = await messagesOf(lab().broker, usersDeadLetterTopic);
    const reasons = letters.map(({ headers }) => [
      Number(headerText(headers, 'case')),
      headerText(headers, letterHeaders.reason),
    ]);
    expect(new Map(reasons as [number, string][])).toEqual(
      new Map(cases.flatMap(({ reason }, index) => (reason === undefined ? [] : [[index, reason]]))),
    );
    expect(letters).toHaveLength(reasons.length);
  });

  it('keeps a dead letter as it came, with where it came from; cut where its topic takes no more', async () => {
    const source = new Map(
      (await messagesOf(lab().broker, usersTopic)).map((one) => [`${one.partition}/${one.offset}`, one]),
    );
    for (const letter of await messagesOf(lab().broker, usersDeadLetterTopic)) {
      const { headers } = letter;
      const from = [letterHeaders.partition, letterHeaders.offset].map((name) => headerText(headers, name));
      const original = source.get(from.join('/'));
      const whole = original?.value?.length ?? 0;
      const isCut = whole > sizes[usersDeadLetterTopic];
      expect(headerText(headers, letterHeaders.topic)).toBe(usersTopic);
      expect(headerText(headers, letterHeaders.refusedAt)).toMatch(
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
      );
      expect(headerText(headers, letterHeaders.cut)).toBe(isCut ? String(whole) : undefined);
      expect(letter.key).toEqual(original?.key);
      const kept = isCut ? original?.value?.subarray(0, 512 * 1024) : original?.value;
      expect(kept?.equals(letter.value ?? Buffer.of(0)) ?? letter.value === null).toBe(true);
    }
  });

  it('leaves the last message of an id in the table', async () => {
    const before = job().totals()?.written ?? 0;
    await send(
      Array.from({ length: place.sameId }, (_, n) => ({ key: 'same', value: record('same', `name-${n}`) })),
    );
    await eventually('written', () => job().totals()?.written === before + place.sameId, 60_000);
    const found = await lab().database.findUser('same');
    expect(found?.row.first_name).toBe(`name-${place.sameId - 1}`);
  });

  it('ends in the same rows and as many dead letters as the built-in consumer', async () => {
    const { deadLetters = 0 } = job().totals() ?? {};
    const faulty = ['--count', String(place.produced), '--rate', 'max', '--faulty', '10'];
    const sent = await cli(['produce', '--source', 'offline', ...faulty, ...lab().flags]);
    expect(sent.code).toBe(0);
    await job().settles(vectors.length + place.sameId + place.produced);
    expect(job().totals()?.deadLetters).toBe(deadLetters + place.produced / 10);
    expect(await stop()).toBe(0);

    const rows = await rowsById(lab().database);
    const ofVectors = new Set(ownIds().flatMap(({ row }) => row?.['id'] ?? []));
    expect(rows.size).toBe(ofVectors.size + 1 + 0.9 * place.produced);
    const letters = await lettersBySource(lab().broker);
    expect(letters.size).toBe(job().totals()?.deadLetters);

    await lab().database.execute('TRUNCATE dsa_dados_usuarios.tb_usuarios', 1);
    const initial = ['consume', '--mode', 'initial', '--until-idle', '2s', '--json'];
    const builtin = await cli([...initial, ...lab().flags]);
    expect(builtin.code).toBe(0);
    const inTopic = place.old + vectors.length + place.sameId + place.produced;
    expect(builtin.events.at(-1)).toMatchObject({
      written: inTopic - letters.size,
      deadLetters: letters.size,
      skipped: 0,
      waiting: 0,
    });
    const theirs = await rowsById(lab().database);
    for (let n = 0; n < place.old; n += 1) expect(theirs.delete(`old-${n}`)).toBe(true);
    expect(theirs).toEqual(rows);
    // Its letters are those that lie there already, to the byte.
    const twice = new Map([...letters].map(([source, copies]) => [source, [...copies, ...copies]]));
    expect(await lettersBySource(lab().broker)).toEqual(twice);
  });
});

function numberOf(event: JobEvent | undefined): number {
  return event?.event === 'batch' ? event.batch : Number.NaN;
}

/** Fails where a batch begins behind what the one before it reached. Returns how far the last one reached. */
function reachedBy(jobs: readonly Job[]): Map<string, number> {
  const reached = new Map<string, number>();
  for (const event of jobs.flatMap(({ events }) => events)) {
    if (event.event !== 'batch') continue;
    for (const [partition, [from, upTo]] of Object.entries(event.offsets)) {
      expect(from).toBeLessThanOrEqual(reached.get(partition) ?? from);
      reached.set(partition, Math.max(reached.get(partition) ?? 0, upTo));
    }
  }
  return reached;
}

describe('when things break', () => {
  it('says that the cluster has no free cores, and begins when it has', async () => {
    const worker = `${lab().project}-worker`;
    await docker('kill', worker);
    opened.job = await lab().job('--mode', 'append');
    const isWaiting = (): boolean =>
      job().events.some((event) => event.event === 'waiting' && event.for === 'executors');
    await eventually('it waits', isWaiting, 120_000);
    await docker('start', worker);
    await job().says('running');
    expect(job().events.at(-1)).toMatchObject({ event: 'running' });
  });

  it('goes on from its checkpoint after a killed worker, a restarted broker and a killed driver', async () => {
    const { project, broker, flags } = lab();
    const first = job();
    const produce = (...amount: string[]): ReturnType<typeof cli> =>
      cli(['produce', '--source', 'offline', '--faulty', '10', ...amount, ...flags]);
    const batches = (): number => job().events.filter(({ event }) => event === 'batch').length;
    const another = async (): Promise<void> => {
      const seen = batches();
      await eventually('another batch', () => batches() > seen, 120_000);
    };
    const sending = produce('--for', '10s', '--rate', '300');
    await another();
    await docker('kill', `${project}-worker`);
    await docker('start', `${project}-worker`);
    await docker('restart', `${project}-broker`);
    await another();
    const more = produce('--count', '3000', '--rate', 'max');
    await another();
    await docker('kill', job().container);
    for (const sent of [sending, more]) expect((await sent).code).toBe(0);
    // However far it got, there is something for the next one.
    await send(
      Array.from({ length: place.late }, (_, n) => ({ key: null, value: record(`late-${n}`, 'late') })),
    );

    await begin('--mode', 'append');
    const ranges = await broker.ranges(usersTopic);
    const all = ranges.reduce((sum, { low, high }) => sum + high - low, 0);
    await job().settles(all - place.old);
    // No batch is left out between the two, and none but the last of the first is done again.
    expect(reachedBy([first, job()])).toEqual(
      new Map(ranges.map(({ partition, high }) => [String(partition), high])),
    );
    const [begun, again] = [first, job()].map(({ events }) =>
      events.filter(({ event }) => event === 'batch'),
    );
    expect(numberOf(again?.[0])).toBeGreaterThanOrEqual(numberOf(begun?.at(-1)));
    const { rows, refused } = await expectedOf(broker);
    expect(await rowsById(lab().database)).toEqual(rows);
    expect(new Set((await lettersBySource(lab().broker)).keys())).toEqual(refused);
  });

  it('waits while Cassandra is away, saying so, and loses nothing', async () => {
    const { project, database } = lab();
    const written = job().totals()?.written ?? 0;
    await docker('kill', `${project}-cassandra`);
    await send([{ key: null, value: record('patient', 'Ana') }]);
    const isWaiting = (): boolean =>
      job().events.some((event) => event.event === 'waiting' && event.for === 'cassandra');
    await eventually('it waits', isWaiting);
    await docker('start', `${project}-cassandra`);
    await eventually('written', () => job().totals()?.written === written + 1, 120_000);
    // The app's own client comes back in its own time.
    await eventually('the app has Cassandra again', () => answers(database.clusterName()));
    expect((await database.findUser('patient'))?.row.id).toBe('patient');
  });

  it('differs from the built-in consumer in what docs/spark.md names', async () => {
    const plain = record('other', 'Ana').toString();
    const twice = (first: string, last: string): string =>
      plain.replace('{', `{"phone":${first},`).replace(/"phone":"[^"]*"/, `"phone":"${last}"`);
    const differences = [
      [
        plain.replace('"50010"', '1'.repeat(100_001)),
        'not-json',
        { reason: 'unsafe-number', field: 'post_code' },
      ],
      [twice('[1]', '[1]'), 'list-field', { row: { phone: '[1]' } }],
      [twice('{"a":1}', '{1}'), 'object-field', { row: { phone: '{1}' } }],
      [twice('1.5', '2.5'), 'unsafe-number', { row: { phone: '2.5' } }],
    ] as const;
    const { deadLetters = 0 } = job().totals() ?? {};
    for (const [value, reason] of differences)
      await send([{ key: null, value: Buffer.from(value), headers: { difference: reason } }]);
    await eventually('refused', () => job().totals()?.deadLetters === deadLetters + differences.length);
    for (const [value, , builtin] of differences) expect(decide(Buffer.from(value))).toMatchObject(builtin);
    const letters = (await messagesOf(lab().broker, usersDeadLetterTopic)).filter(
      ({ headers }) => 'difference' in headers,
    );
    const reasons = letters.map(({ headers }) => headerText(headers, letterHeaders.reason));
    expect(new Set(reasons)).toEqual(new Set(differences.map(([, reason]) => reason)));
    expect(await stop()).toBe(0);
  });

  it('says that its topic was made anew, and reads nothing', async () => {
    const tool = '/opt/kafka/bin/kafka-topics.sh --bootstrap-server localhost:29092';
    const topics = (what: string): Promise<string> =>
      docker('exec', `${lab().project}-broker`, ...`${tool} ${what} --topic ${usersTopic}`.split(' '));
    await topics('--delete');
    // The broker takes its time to forget a topic.
    const created = (): Promise<boolean> => topics('--create --partitions 3').then(Boolean, () => false);
    await eventually('the topic is made anew', created);
    const ended = await lab().python(consume);
    expect(ended.lines.at(-1)).toMatchObject({ event: 'failed', reason: 'topic-reset' });
    expect(ended.code).toBe(3);
  });
});
