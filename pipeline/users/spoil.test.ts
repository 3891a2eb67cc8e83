// Holds each way of spoiling to the dead letter it must become, and the schedule to its share.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spoilKinds, type SpoilKind } from '../../words/runs.ts';
import type { User } from '../../words/users.ts';
import { decide } from './decide.ts';
import { spoil, spoilSchedule } from './spoil.ts';

const user: User = {
  id: '4b8d2f0c9e3a4f6b8c7d5e1f2a3b4c5d',
  first_name: 'آرتين',
  last_name: "O'Brien",
  gender: 'male',
  address: '12 Rua "A", Recife, Pernambuco, Brazil',
  post_code: '50010',
  email: 'artyn.o@example.com',
  username: 'bluefrog123',
  dob: '1990-01-02T03:04:05.678Z',
  registered_date: '2015-06-07T08:09:10.111Z',
  phone: '(81) 3333-4444',
  picture: 'https://randomuser.me/api/portraits/med/men/12.jpg',
};

const outcome: Record<SpoilKind, ReturnType<typeof decide>> = {
  'no-email': { reason: 'bad-email', field: 'email' },
  'bad-email': { reason: 'bad-email', field: 'email' },
  'not-json': { reason: 'not-json' },
  'missing-field': { reason: 'missing-field', field: 'username' },
  'null-field': { reason: 'null-field', field: 'phone' },
  'not-utf8': { reason: 'not-utf8' },
};

describe('spoil', () => {
  it.each(spoilKinds)('%s becomes the dead letter it is meant to be', (kind) => {
    expect(decide(spoil(user, kind))).toEqual(outcome[kind]);
  });

  it('leaves no e-mail that the course would take either (one with an @)', () => {
    for (const kind of ['no-email', 'bad-email'] as const) {
      expect(spoil(user, kind).toString()).not.toContain('@');
    }
  });

  it('spoils whatever texts the record holds', () => {
    const texts = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(texts, texts, fc.constantFrom(...spoilKinds), (name, picture, kind) => {
        expect(decide(spoil({ ...user, first_name: name, picture }, kind))).toEqual(outcome[kind]);
      }),
    );
  });
});

describe('spoilSchedule', () => {
  const spoiledOf = (percent: number, records: number) => {
    const next = spoilSchedule(percent);
    return Array.from({ length: records }, next);
  };

  it('spoils exactly 10 of 50 records at 20 %, evenly', () => {
    const spoiled = spoiledOf(20, 50).flatMap((kind, index) => (kind === undefined ? [] : [index]));
    expect(spoiled).toEqual([4, 9, 14, 19, 24, 29, 34, 39, 44, 49]);
  });

  it('takes the kinds in turn', () => {
    const kinds = spoiledOf(50, 16).filter((kind) => kind !== undefined);
    expect(kinds).toEqual([...spoilKinds, spoilKinds[0], spoilKinds[1]]);
  });

  it('spoils nothing at 0 % and everything at 100 %', () => {
    expect(spoiledOf(0, 100)).toEqual(Array.from({ length: 100 }));
    expect(spoiledOf(100, 100)).not.toContain(undefined);
  });

  it('keeps the share at every moment, rounded down', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000 }),
        fc.integer({ min: 1, max: 2_000 }),
        (tenths, records) => {
          const spoiled = spoiledOf(tenths / 10, records).filter((kind) => kind !== undefined);
          expect(spoiled).toHaveLength(Math.floor((records * tenths) / 1_000));
        },
      ),
    );
  });

  it.each([
    [4.6, 1_500, 69],
    [9.2, 750, 69],
  ])(
    "spoils exactly what %s %% of %i come to, where the machine's own product falls short of it",
    (percent, records, spoiled) => {
      expect(spoiledOf(percent, records).filter((kind) => kind !== undefined)).toHaveLength(spoiled);
    },
  );

  it.each([-1, 100.1, Number.NaN])('refuses a share of %s %%', (percent) => {
    expect(() => spoilSchedule(percent)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  });
});
