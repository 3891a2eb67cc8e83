// The keys of a compose file that Riacho knows, in their long forms. Any other is an issue that names it.
import { z } from 'zod';
import { messageOf } from '../engine/error-parts.ts';
import { byteSize, durationMs } from './quantities.ts';
import {
  buildLong,
  commandLong,
  dependenciesLong,
  listLong,
  mountLong,
  networksLong,
  pairsLong,
  portLong,
  testLong,
  ulimitLong,
} from './short-forms.ts';

/** What `make` throws becomes an issue at the value's place. */
function made<Input extends z.ZodType, Output>(input: Input, make: (value: z.output<Input>) => Output) {
  return input.transform((value, context) => {
    try {
      return make(value);
    } catch (error) {
      context.addIssue({ code: 'custom', message: messageOf(error) });
      return z.NEVER;
    }
  });
}

/** A value that may be written in a short form. */
function short<Long extends z.ZodType>(lengthen: (value: unknown) => unknown, long: Long) {
  return made(z.unknown(), lengthen).pipe(long);
}

const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const withoutExtensions = (value: unknown): unknown =>
  isPlainObject(value)
    ? Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith('x-')))
    : value;

/** A map with these keys alone, and `x-` ones, which mean nothing. */
function closed<Shape extends z.ZodRawShape>(shape: Shape) {
  return short(withoutExtensions, z.strictObject(shape));
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`"${text}"?`);
  return Number(text);
}

const text = z.string();
const texts = z.array(text);
/** Values that a variable may have filled in are texts. */
const scalar = z.union([text, z.number(), z.boolean()], { error: 'a list or a map?' }).transform(String);
const whole = made(scalar, wholeNumber);
const port = whole.pipe(z.number().min(1).max(65_535));
const decimal = made(scalar, Number).pipe(z.number().positive());
const flag = z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })], {
  error: 'true, false?',
});
const duration = made(scalar, durationMs);
const size = made(scalar, byteSize);
const pairs = short(pairsLong, z.record(text, scalar.nullable()));
const command = short(commandLong, texts);

const dependency = closed({
  condition: z.enum(['service_started', 'service_healthy', 'service_completed_successfully']),
});

const healthcheck = closed({
  test: short(
    testLong,
    texts.refine(([first]) => ['CMD', 'CMD-SHELL', 'NONE'].includes(first ?? ''), {
      error: 'CMD, CMD-SHELL, NONE?',
    }),
  ),
  // Docker's own, where the file says nothing.
  interval: duration.default(30_000),
  timeout: duration.default(30_000),
  retries: whole.default(3),
  start_period: duration.default(0),
});

const service = closed({
  image: text.optional(),
  build: short(
    buildLong,
    closed({ context: text, dockerfile: text.default('Dockerfile'), args: pairs.default({}) }),
  ).optional(),
  container_name: text.optional(),
  hostname: text.optional(),
  profiles: texts.default([]),
  entrypoint: command.optional(),
  command: command.optional(),
  environment: pairs.default({}),
  labels: pairs.default({}),
  user: scalar.optional(),
  working_dir: text.optional(),
  depends_on: short(dependenciesLong, z.record(text, dependency)).default({}),
  healthcheck: healthcheck.optional(),
  ports: z
    .array(
      short(
        portLong,
        closed({
          target: port,
          published: port,
          host_ip: text.default('0.0.0.0'),
          protocol: z.enum(['tcp', 'udp']).default('tcp'),
        }),
      ),
    )
    .default([]),
  volumes: z
    .array(
      short(
        mountLong,
        closed({
          type: z.enum(['volume', 'bind']),
          source: text,
          target: text.startsWith('/'),
          read_only: flag.default(false),
        }),
      ),
    )
    .default([]),
  networks: short(networksLong, z.record(text, closed({ aliases: texts.default([]) }).nullable())).default({
    default: null,
  }),
  mem_limit: size.optional(),
  mem_reservation: size.optional(),
  cpus: decimal.optional(),
  pids_limit: whole.optional(),
  restart: z.enum(['no', 'always', 'on-failure', 'unless-stopped']).default('no'),
  stop_grace_period: duration.default(10_000),
  logging: closed({ driver: text.default('json-file'), options: pairs.default({}) }).optional(),
  security_opt: texts.default([]),
  cap_drop: texts.default([]),
  ulimits: z.record(text, short(ulimitLong, closed({ soft: whole, hard: whole }))).default({}),
  tmpfs: short(listLong, texts).default([]),
  init: flag.default(false),
  shm_size: size.optional(),
});
export type WrittenService = z.output<typeof service>;

const resources = z.record(text, closed({ name: text.optional() }).nullable()).default({});

/** A whole file, its variables filled in. */
export const writtenFile = closed({
  name: text.optional(),
  services: z.record(text.regex(/^[\w.-]+$/), service),
  networks: resources,
  volumes: resources,
});
export type WrittenFile = z.output<typeof writtenFile>;
