// Spoils a chosen share of records on purpose, since the live API never emits a bad one.
// Decides what and when, by count alone: the same share always spoils the same records.
import { RiachoError } from '../../words/errors.ts';
import { spoilKinds, type SpoilKind } from '../../words/runs.ts';
import type { User } from '../../words/users.ts';

/**
 * The bytes of the spoiled message value. What they come to: `no-email` and `bad-email` → bad-email,
 * `missing-field` → missing-field (username), `null-field` → null-field (phone), the others as they are called.
 * The course's rule ("contains @") refuses both e-mail kinds too, so that every processor agrees on them.
 */
export function spoil(user: User, kind: SpoilKind): Buffer {
  switch (kind) {
    case 'no-email':
      return Buffer.from(JSON.stringify({ ...user, email: '' }));
    case 'bad-email':
      return Buffer.from(JSON.stringify({ ...user, email: user.email.replaceAll('@', ' at ') }));
    case 'missing-field':
      // JSON leaves an undefined field out.
      return Buffer.from(JSON.stringify({ ...user, username: undefined }));
    case 'null-field':
      return Buffer.from(JSON.stringify({ ...user, phone: null }));
    case 'not-json': {
      // Cut in the middle, as a producer that died while writing would leave it.
      const json = JSON.stringify(user);
      return Buffer.from(json.slice(0, Math.floor(json.length / 2)));
    }
    case 'not-utf8': {
      // `é` as Latin-1 writes it, at the end of the last field's text: the one byte before `"}`.
      const json = JSON.stringify(user);
      return Buffer.concat([Buffer.from(json.slice(0, -2)), Buffer.from([0xe9]), Buffer.from('"}')]);
    }
  }
}

/**
 * Says of each record in turn how it is spoiled, or `undefined` where it is left whole.
 * `percent` (0 to 100, fractions allowed) is kept exactly at every moment, rounded down: after n records
 * floor(n · percent / 100) are spoiled; the kinds take turns. Throws `BAD_INPUT` {detail} outside 0 to 100.
 */
export function spoilSchedule(percent: number): () => SpoilKind | undefined {
  if (!(percent >= 0 && percent <= 100)) throw new RiachoError('BAD_INPUT', { detail: `spoil ${percent} %` });
  let seen = 0;
  let spoiled = 0;
  return () => {
    seen += 1;
    // The tiny addition keeps 0.7 % of 1,000 from coming to 6.999…
    if (Math.floor((seen * percent) / 100 + 1e-9) <= spoiled) return undefined;
    spoiled += 1;
    return spoilKinds[(spoiled - 1) % spoilKinds.length];
  };
}
