// Messages that a person sends by hand: a good one, and the ways in which other people's messages are bad.
import type { HandMadeKind } from '../../words/browse.ts';
import { spoilKind, traceHeader, type Trace } from '../../words/runs.ts';
import type { User } from '../../words/users.ts';
import type { OutgoingMessage } from '../kafka/broker.ts';
import type { Source } from './sources/source.ts';
import { spoil } from './spoil.ts';
import { newId, toUser } from './to-user.ts';

/** A topic of default settings takes 1 MiB with the batch's own bytes: so much is left for them, key and headers. */
const oneMegabyte = 1024 * 1024 - 1024;

/** A message of that kind about a fresh user of `source`. What becomes of it is decided by its bytes alone. */
export async function handMade(
  kind: HandMadeKind,
  source: Source,
  signal: AbortSignal = new AbortController().signal,
): Promise<OutgoingMessage> {
  const { users, fetchedAt } = await source.take(1, signal);
  const [raw] = users;
  if (!raw) throw new Error('the source has no users');
  const user = toUser(raw, newId());
  const spoiled = spoilKind.safeParse(kind);
  const trace: Trace = {
    v: 1,
    fetchedAt,
    sentAt: Date.now(),
    source: source.origin,
    ...(spoiled.success && { spoiled: spoiled.data }),
  };
  return { key: user.id, value: valueOf(kind, user), headers: { [traceHeader]: JSON.stringify(trace) } };
}

function valueOf(kind: HandMadeKind, user: User): Buffer {
  switch (kind) {
    case 'good':
      return toJson(user);
    case 'number-field':
      return toJson({ ...user, post_code: 12_345 });
    case 'empty':
      return Buffer.alloc(0);
    case 'one-megabyte': {
      const missing = oneMegabyte - toJson(user).length;
      return toJson({ ...user, address: user.address + ' '.repeat(missing) });
    }
    case 'no-email':
    case 'bad-email':
    case 'missing-field':
    case 'not-json':
      return spoil(user, kind);
  }
}

function toJson(record: object): Buffer {
  return Buffer.from(JSON.stringify(record));
}
