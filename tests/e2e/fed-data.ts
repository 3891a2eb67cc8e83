// What a fed lab is made of: users, messages, letters and log lines as plain functions of a number. No clock in here.
import type { FollowFrame, MessagePlace, MessageRow } from '../../words/browse.ts';
import { deadLetterReasons } from '../../words/dead-letters.ts';
import type { BytesView, DeadLetterView, MessageView } from '../../words/messages.ts';
import { traceHeader, type Trace } from '../../words/runs.ts';
import { usersSubject, type KnownSchema, type SchemaSubject } from '../../words/schemas.ts';
import type { LogLevel, LogLine, LogName } from '../../words/services.ts';
import type { User } from '../../words/users.ts';

export const partitions = 3;
const firsts = ['Ana', 'João', 'Zoë', 'Łukasz', 'نگین', 'Олена', 'Bjørn', 'Çağla', 'Müjde', 'Inês'];
const lasts = ['Souza', 'Nogueira', 'Ørsted', 'Kowalski', 'مجرد', 'Шевченко', 'Ateş', 'Müller', 'da Silva'];
const places = ['Sorocaba, São Paulo, Brazil', 'Yozgat, Bingöl, Türkiye', 'Baar, Nidwalden, Switzerland'];

const pick = (from: readonly string[], index: number): string => from[index % from.length] ?? '';

export function userOf(index: number): User {
  const id = index.toString(16).padStart(32, '0');
  return {
    id,
    first_name: pick(firsts, index),
    last_name: pick(lasts, index * 7),
    gender: index % 2 === 0 ? 'female' : 'male',
    address: `${index % 9_999} Rua das Águas, ${pick(places, index)}`,
    post_code: String(10_000 + (index % 89_999)),
    email: `user.${index}@example.com`,
    username: `user${index}`,
    dob: '1984-05-06T07:08:09.123Z',
    registered_date: '2015-01-02T03:04:05.678Z',
    phone: `+55 11 ${String(index % 100_000_000).padStart(8, '9')}`,
    picture: `https://randomuser.me/api/portraits/med/women/${index % 100}.jpg`,
  };
}

export const placeOf = (number: number): MessagePlace => ({
  partition: number % partitions,
  offset: Math.floor(number / partitions),
});
const numberOf = ({ partition, offset }: MessagePlace): number => offset * partitions + partition;

/** Whether it is in the wire format of a Schema Registry. */
const isFramed = ({ offset }: MessagePlace): boolean => offset % 7 === 5;

export function messageRowOf(seq: number, number: number, timestamp: number): MessageRow {
  const user = userOf(number);
  const value = JSON.stringify(user);
  const place = placeOf(number);
  return {
    seq,
    ...place,
    timestamp,
    key: user.id,
    preview: value.slice(0, 200),
    isText: true,
    ...(isFramed(place) && { schemaId: fedSchemaId }),
    size: value.length,
  };
}

function text(content: string): BytesView {
  return { encoding: 'text', content, size: Buffer.byteLength(content) };
}

const text12 = { type: 'string' };
const fedSchema = (more: object): string =>
  JSON.stringify({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'User',
    type: 'object',
    properties: { ...Object.fromEntries(Object.keys(userOf(0)).map((name) => [name, text12])), ...more },
    required: Object.keys(userOf(0)),
  });
const fedSchemaId = 7;

/** A subject with a second version, as a student makes one. */
export const fedSubject: SchemaSubject = {
  subject: usersSubject,
  registry: 'http://localhost:8081',
  compatibility: 'BACKWARD',
  versions: [
    { version: 2, id: fedSchemaId, type: 'JSON', schema: fedSchema({ nickname: text12 }) },
    { version: 1, id: 1, type: 'JSON', schema: fedSchema({}) },
  ],
  total: 2,
};

export const knownSchema: KnownSchema = { type: 'JSON', usedBy: [{ subject: usersSubject, version: 2 }] };

/** As a serializer of a Schema Registry writes it. */
function framed(content: string): BytesView {
  return { ...text(content), size: 5 + Buffer.byteLength(content), schemaId: fedSchemaId };
}

/** Every seventh is no UTF-8, as some are, and the one before it is in the registry's format. */
export function messageOf(place: MessagePlace, at: number): MessageView {
  const user = userOf(numberOf(place));
  const trace: Trace = { v: 1, fetchedAt: at - 40, sentAt: at - 3, source: 'offline' };
  const value: BytesView =
    place.offset % 7 === 6
      ? {
          encoding: 'base64',
          content: Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x41]).toString('base64'),
          size: 5,
        }
      : isFramed(place)
        ? framed(JSON.stringify(user))
        : text(JSON.stringify(user));
  const header = { name: traceHeader, value: JSON.stringify(trace), encoding: 'text' as const };
  return { ...place, timestamp: at, key: text(user.id), value, headers: [header] };
}

export function followedOf(place: MessagePlace, at: number): NonNullable<FollowFrame['record']> {
  const row = userOf(numberOf(place));
  return {
    ...place,
    key: row.id,
    fetchedAt: at - 40,
    sentAt: at - 3,
    source: 'offline',
    inTopicAt: at,
    fate: { status: 'written', writtenAt: at + 12 },
    row,
  };
}

/** Three of each reason; one was put back already, one is of bytes, one was cut, one is in the registry's format. */
export function letters(at: number): DeadLetterView[] {
  return [...deadLetterReasons, 'unknown' as const].flatMap((reason, index) =>
    [0, 1, 2].map((which): DeadLetterView => {
      const number = index * 3 + which;
      const { email: _none, ...user } = userOf(number);
      const isBytes = reason === 'not-utf8';
      return {
        reason,
        sourcePartition: which,
        sourceOffset: index,
        refusedAt: new Date(at - number * 1_000).toISOString(),
        ...(number === 4 && { putBackAt: new Date(at).toISOString() }),
        ...(number === 5 && { cutFrom: 1_100_000 }),
        key: text(user.id),
        value:
          reason === 'null-value'
            ? null
            : isBytes
              ? { encoding: 'base64', content: Buffer.from([0xc3, 0x28, 0x41]).toString('base64'), size: 3 }
              : reason === 'not-json' && which === 1
                ? framed(JSON.stringify({ ...user, email: 'ana@example.com' }))
                : text(JSON.stringify(user)),
      };
    }),
  );
}

const levels: LogLevel[] = ['info', 'info', 'info', 'info', 'debug', 'info', 'warn', 'info', 'error'];

export function logLineOf(number: number, names: readonly LogName[], at: number): LogLine {
  const name = names[number % names.length] ?? 'riacho';
  const level = levels[number % levels.length] ?? 'info';
  return { name, at, level, text: `[${name}-${number % 8}] line ${number}: segment rolled in 3 ms` };
}
