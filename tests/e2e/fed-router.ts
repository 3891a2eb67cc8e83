// A fed lab: the contract served from nothing, at a given pace, for loads and states that a real one is slow to reach.
// It says what the app says, in the app's shapes; what it does is made up.
import { tmpdir } from 'node:os';
import { implement } from '@orpc/server';
import { contract } from '../../contract/contract.ts';
import { weatherRouter } from '../../app/api/weather.ts';
import { Feed, toFramed } from '../../app/streams/feed.ts';
import { Weather } from '../../app/weather.ts';
import type { AnyRouter } from '../../server/sockets.ts';
import { settings as settingsSchema, type Settings } from '../../words/settings.ts';
import type { StackStatus } from '../../words/stack.ts';
import { userColumns, usersDeadLetterTopic, usersTopic } from '../../words/users.ts';
import { airflowLogin, dagRunLog } from './fed-airflow.ts';
import { FedBrowsing } from './fed-browsing.ts';
import { FedClock } from './fed-clock.ts';
import { dockerStopped, dockerHealthy, dockerUsage } from './fed-docker.ts';
import {
  followedOf,
  knownSchema,
  letters,
  logLineOf,
  messageOf,
  partitions,
  placeOf,
  userOf,
} from './fed-data.ts';
import { healthyStack, newSaid, stoppedStack, type Said } from './fed-said.ts';

export interface FedOptions {
  /** Messages a second. */
  rate?: number;
  /** Rows in the table. */
  rows?: number;
  /** Lines a second in the logs. */
  logRate?: number;
  /** Whether messages, letters and rows are missing. */
  isEmpty?: boolean;
  /** Where the weather lab, which is the real one, has its database. */
  weatherDir?: string;
}

export interface FedLab {
  router: AnyRouter;
  said: Said;
}

/** Nothing is started, and nothing has to be closed. */
export function openFedLab(options: FedOptions = {}): FedLab {
  const said = newSaid();
  return { router: fedRouter(said, options), said };
}

const stoppedOf = ({ engine, docker }: Settings): StackStatus =>
  engine === 'docker' ? dockerStopped(docker.profile) : stoppedStack();

const ringStart = -(2n ** 63n);

function fedRouter(
  said: Said,
  { rate = 5_000, rows = 1_000_000, logRate = 1_000, isEmpty, weatherDir = tmpdir() }: FedOptions,
): AnyRouter {
  const clock = new FedClock({ rate: isEmpty ? 0 : rate, before: isEmpty ? 0 : 20_000 });
  const browsing = new FedBrowsing(clock);
  const stack = new Feed(() => said.stack);
  const runs = new Feed(() => said.runs(isEmpty ? {} : clock.runs()));
  const activity = new Feed(() => ({ entries: said.activity }));
  const airflow = new Feed(() => said.airflow);
  const exported = new Feed(() => said.export);
  const count = isEmpty ? 0 : rows;
  const step = 2n ** 64n / BigInt(Math.max(1, count));
  const tokenOf = (index: number): bigint => ringStart + step * BigInt(index);
  const indexAt = (token: bigint): number => Number((token - ringStart + step - 1n) / step);
  const rowsFrom = (first: number, amount: number) =>
    Array.from({ length: Math.max(0, Math.min(amount, count - first)) }, (_, index) => userOf(first + index));
  const page = (found: ReturnType<typeof userOf>[]) => ({ columns: [...userColumns], rows: found });
  const letterList = letters(Date.now());
  const follows = new Map<string, { startedAt: number; number: number; ms: number }>();

  const os = implement(contract).use(async ({ next, path, errors }, input) => {
    const name = path.join('.');
    if (!name.endsWith('.next')) said.calls.push({ name, input });
    const fault = said.refuse[name];
    if (fault) throw errors[fault.code]({ data: fault.params });
    return next();
  });
  return os.router({
    ...weatherRouter(os, { weather: new Weather(weatherDir, () => undefined) }),
    stack: {
      start: os.stack.start.handler(() => {
        const { engine, docker } = said.settings;
        said.stack = engine === 'docker' ? dockerHealthy(docker.profile) : healthyStack();
        return said.stack;
      }),
      stop: os.stack.stop.handler(() => {
        said.stack = stoppedOf(said.settings);
      }),
      reset: os.stack.reset.handler(() => undefined),
      status: os.stack.status.handler(() => said.stack),
      next: os.stack.next.handler(({ input, signal }) => stack.next(input.after, signal)),
    },
    services: {
      next: os.services.next.handler(async ({ input }) => {
        if (input.after === clock.second) await new Promise((resolve) => setTimeout(resolve, 1_000));
        const wave = Math.sin(clock.seconds / 5);
        const of = (name: 'kafka' | 'cassandra', cpu: number, mebibytes: number) => ({
          name,
          cpuPercent: cpu * (1 + 0.4 * wave),
          memoryBytes: mebibytes * 1024 ** 2,
          startedAt: clock.startedAt,
        });
        const frame = {
          services:
            said.stack.engine === 'docker'
              ? dockerUsage(said.stack, wave)
              : [of('kafka', 34, 410), of('cassandra', 78, 905)],
          app: { cpuPercent: 41 + 9 * wave, memoryBytes: 180 * 1024 ** 2, loopDelayP99Ms: 12 },
          machine: { memoryBytes: 16 * 1024 ** 3, freeBytes: 7 * 1024 ** 3, cpus: 8 },
        };
        return toFramed(clock.second, frame, input.after);
      }),
      restart: os.services.restart.handler(() => undefined),
      stop: os.services.stop.handler(() => undefined),
    },
    logs: {
      next: os.logs.next.handler(async ({ input }) => {
        const last = Math.floor(clock.seconds * logRate) + 1_000;
        const from = Math.max(input.cursor === undefined ? 0 : Number(input.cursor), last - 1_000);
        const skipped = input.cursor === undefined ? 0 : from - Number(input.cursor);
        if (from === last) await new Promise((resolve) => setTimeout(resolve, 1_000));
        const lines = Array.from({ length: last - from }, (_, index) =>
          logLineOf(from + index, input.names, Date.now()),
        );
        return { cursor: String(last), lines: isEmpty ? [] : lines, skipped };
      }),
    },
    engines: {
      list: os.engines.list.handler(() => said.engines),
      try: os.engines.try.handler(() => ({ kafka: '3.9.0', cassandra: '5.0.2' })),
    },
    doctor: {
      check: os.doctor.check.handler(() => [
        { name: 'node' as const, detail: 'v24.21.0' },
        { name: 'memory' as const, detail: '9.6 GiB / 15.5 GiB' },
        { name: 'disk' as const, detail: '85.0 GiB' },
        { name: 'ports' as const, detail: '9092 ✓  9042 ✓' },
        { name: 'java' as const, detail: '', fault: { code: 'NO_JAVA' as const, params: { wanted: '17' } } },
      ]),
    },
    settings: {
      read: os.settings.read.handler(() => said.settings),
      save: os.settings.save.handler(({ input }) => {
        said.settings = settingsSchema.parse({ ...said.settings, ...input });
        if (input.engine !== undefined) said.stack = stoppedOf(said.settings);
        return said.settings;
      }),
      giveSecrets: os.settings.giveSecrets.handler(() => undefined),
      dataFolder: os.settings.dataFolder.handler(() => ({
        path: '/home/ana/.local/share/riacho',
        bytes: 734_003_200,
        freeBytes: 91_268_055_040,
      })),
    },
    diagnostics: { save: os.diagnostics.save.handler(() => ({ bytes: 48_213 })) },
    activity: { next: os.activity.next.handler(({ input, signal }) => activity.next(input.after, signal)) },
    host: {
      info: os.host.info.handler(() => ({
        kind: 'browser' as const,
        version: '0.1.0',
        platform: 'linux',
        dataDir: '/home/ana/.local/share/riacho',
        logFile: '/home/ana/.local/share/riacho/logs/riacho.log',
        downloads: '/home/ana/Downloads',
        choosesFiles: false,
      })),
      chooseFile: os.host.chooseFile.handler(({ input }) => ({ file: input.suggested })),
      showInFolder: os.host.showInFolder.handler(() => undefined),
    },
    airflow: {
      next: os.airflow.next.handler(({ input, signal }) => airflow.next(input.after, signal)),
      trigger: os.airflow.trigger.handler(() => ({ run: 'manual__1' })),
      setPaused: os.airflow.setPaused.handler(() => undefined),
      stop: os.airflow.stop.handler(() => undefined),
      log: os.airflow.log.handler(({ input }) => dagRunLog(input.run)),
      login: os.airflow.login.handler(() => airflowLogin),
    },
    topic: {
      sum: os.topic.sum.handler(
        () => clock.runs().sum ?? { inTopic: 0, skipped: 0, written: 0, deadLetters: 0, waiting: 0 },
      ),
    },
    producer: {
      start: os.producer.start.handler(() => undefined),
      stop: os.producer.stop.handler(() => undefined),
    },
    consumer: {
      start: os.consumer.start.handler(() => undefined),
      stop: os.consumer.stop.handler(() => undefined),
      isCaughtUp: os.consumer.isCaughtUp.handler(() => false),
    },
    runs: { next: os.runs.next.handler(({ input, signal }) => runs.next(input.after, signal)) },
    metrics: {
      next: os.metrics.next.handler(async ({ input }) => {
        if (input.after >= clock.second) await new Promise((resolve) => setTimeout(resolve, 500));
        return toFramed(clock.second, { points: isEmpty ? [] : clock.points(input.after) }, clock.second);
      }),
    },
    messages: {
      read: os.messages.read.handler(({ input }) => ({
        messages: Array.from({ length: Math.min(input.limit, clock.inTopic) }, (_, index) =>
          messageOf(placeOf(clock.inTopic - index - 1), Date.now()),
        ),
        scanned: input.limit,
        total: clock.inTopic,
        matched: input.limit,
      })),
      topics: os.messages.topics.handler(() => [
        { name: usersTopic, partitions, messages: clock.inTopic },
        { name: usersDeadLetterTopic, partitions, messages: isEmpty ? 0 : letterList.length },
      ]),
      open: os.messages.open.handler(({ input }) => ({
        session: browsing.open(input.from.at, input.filter.text !== ''),
      })),
      next: os.messages.next.handler(({ input }) => browsing.next(input.session, input.after)),
      resume: os.messages.resume.handler(({ input }) => browsing.resume(input.session)),
      close: os.messages.close.handler(({ input }) => browsing.close(input.session)),
      get: os.messages.get.handler(({ input }) => messageOf(input, Date.now())),
      produce: os.messages.produce.handler(() => placeOf(clock.inTopic)),
    },
    follow: {
      open: os.follow.open.handler(({ input }) => {
        const session = String(follows.size + 1);
        const isRow = input.by === 'row';
        const number =
          input.by === 'row' ? Number.parseInt(input.id, 16) : input.offset * partitions + input.partition;
        follows.set(session, { startedAt: Date.now(), number, ms: isRow ? 1_500 : 0 });
        return { session };
      }),
      next: os.follow.next.handler(async ({ input }) => {
        const { startedAt, number, ms } = follows.get(input.session) ?? { startedAt: 0, number: 0, ms: 0 };
        if (input.after > 0) await new Promise((resolve) => setTimeout(resolve, 100));
        const past = Date.now() - startedAt;
        const total = 500_000;
        if (past < ms) {
          const scanned = Math.floor((total * past) / ms);
          return toFramed(input.after + 1, { status: 'scanning' as const, scanned, total }, input.after);
        }
        const record = followedOf(placeOf(number), startedAt - 5_000);
        return toFramed(
          input.after + 1,
          { status: 'found' as const, scanned: total, total, record },
          input.after,
        );
      }),
      close: os.follow.close.handler(({ input }) => void follows.delete(input.session)),
    },
    deadLetters: {
      read: os.deadLetters.read.handler(({ input }) => {
        const all = isEmpty ? [] : letterList;
        const found = all.filter(({ reason }) => input.reason === undefined || reason === input.reason);
        const reasons = [...new Set(all.map(({ reason }) => reason))];
        const byReason = reasons.map((reason) => ({ reason, count: 3 }));
        return { letters: found.slice(0, input.limit), total: all.length, byReason };
      }),
      judge: os.deadLetters.judge.handler(({ input }) =>
        input.value.includes('@') ? {} : { reason: 'missing-field' as const, field: 'email' },
      ),
      putBack: os.deadLetters.putBack.handler(() => undefined),
    },
    schemas: {
      read: os.schemas.read.handler(() => said.subject),
      register: os.schemas.register.handler(() => undefined),
      find: os.schemas.find.handler(() => knownSchema),
    },
    rows: {
      read: os.rows.read.handler(({ input }) => page(rowsFrom(0, input.limit))),
      window: os.rows.window.handler(({ input: { from, until, limit } }) => {
        const first = 'token' in from ? indexAt(BigInt(from.token)) : Math.ceil(from.fraction * count);
        const end = until === undefined ? count : Math.min(count, indexAt(BigInt(until) + 1n));
        const found = rowsFrom(first, Math.min(limit, end - first));
        const isEnd = first + found.length >= count;
        if (found.length === 0) return { rows: [], isEnd: until === undefined };
        const last = String(tokenOf(first + found.length - 1));
        return { rows: found, first: String(tokenOf(first)), last, isEnd };
      }),
      find: os.rows.find.handler(({ input }) => {
        const index = Number.parseInt(input.id, 16);
        return page(index < count ? [userOf(index)] : []);
      }),
      size: os.rows.size.handler(() => ({ rows: count, isExact: isEmpty === true })),
      count: os.rows.count.handler(async () => {
        await new Promise((resolve) => setTimeout(resolve, 500));
        return count;
      }),
    },
    cql: {
      execute: os.cql.execute.handler(({ input, errors }) => {
        if (/^\s*(drop|truncate|delete)/i.test(input.statement) && !input.isConfirmed)
          throw errors.CQL_DESTRUCTIVE({ data: { statement: input.statement } });
        return page(rowsFrom(0, input.limit));
      }),
    },
    export: {
      start: os.export.start.handler(({ input }) => {
        said.export = {
          status: 'running',
          rows: 12_000,
          bytes: 3_400_000,
          expectedRows: count,
          file: input.file,
        };
      }),
      next: os.export.next.handler(({ input, signal }) => exported.next(input.after, signal)),
      cancel: os.export.cancel.handler(() => {
        said.export = { ...said.export, status: 'cancelled' };
      }),
    },
  });
}
