// Holds the generated users to the API's shape and to the data contract.
import { describe, expect, it } from 'vitest';
import { emailPattern } from '../../../words/users.ts';
import { decide } from '../decide.ts';
import { rawUser, type RawUser } from '../raw-user.ts';
import { newId, toUser } from '../to-user.ts';
import { createOfflineSource } from './offline.ts';

const never = new AbortController().signal;

/** A source gives fewer at once than it may be asked for: it is asked until there are enough. */
async function usersOf(seed: number, ...takes: number[]): Promise<RawUser[]> {
  const source = createOfflineSource({ seed });
  const users: RawUser[] = [];
  let wanted = 0;
  for (const max of takes) {
    wanted += max;
    while (users.length < wanted) users.push(...(await source.take(wanted - users.length, never)).users);
  }
  return users;
}

/** What the API calls the countries of AU BR CA CH DE DK ES FI FR GB IE IN IR MX NL NO NZ RS TR UA US. */
const countries =
  'Australia,Brazil,Canada,Switzerland,Germany,Denmark,Spain,Finland,France,United Kingdom,Ireland,India,Iran,' +
  'Mexico,Netherlands,Norway,New Zealand,Serbia,Turkey,Ukraine,United States';

describe('offline users', () => {
  it('are the same for the same seed, however they are taken, and others for another seed', async () => {
    const users = await usersOf(7, 100);
    expect(await usersOf(7, 1, 9, 90)).toEqual(users);
    expect(await usersOf(8, 100)).not.toEqual(users);
  });

  it('are the same while another source with another seed is used in turn', async () => {
    const alone = await usersOf(7, 20);
    const [one, other] = [createOfflineSource({ seed: 7 }), createOfflineSource({ seed: 99 })];
    const users: RawUser[] = [];
    for (let turn = 0; turn < 20; turn += 1) {
      users.push(...(await one.take(1, never)).users);
      await other.take(3, never);
    }
    expect(users).toEqual(alone);
  });

  it('have the shape of the API, come from all its countries, and all become rows', async () => {
    const users = await usersOf(1, 5_000);
    for (const raw of users) {
      const user = toUser(raw, newId());
      expect(decide(Buffer.from(JSON.stringify(user)))).toEqual({ row: user });
    }
    expect(users.map((raw) => rawUser.parse(raw))).toEqual(users);
    expect(new Set(users.map(({ location }) => location.country))).toEqual(new Set(countries.split(',')));
  });

  it('have e-mails made of their names in ASCII', async () => {
    const emails = (await usersOf(2, 5_000)).map(({ email }) => email);
    const form = /^[a-z0-9'-]+\.[a-z0-9'-]+@example\.com$/;
    expect(emails.filter((email) => !form.test(email) || !emailPattern.test(email))).toEqual([]);
  });

  it('have portraits and dates that the API could have sent', async () => {
    const users = await usersOf(3, 5_000);
    const faces = { male: /\/med\/men\/\d{1,2}\.jpg$/, female: /\/med\/women\/\d{1,2}\.jpg$/ };
    for (const { gender, picture, dob, registered } of users) {
      expect(picture.medium).toMatch(gender === 'male' ? faces.male : faces.female);
      expect(picture.medium.startsWith('https://randomuser.me/api/portraits/')).toBe(true);
      expect(new Date(dob.date).toISOString()).toBe(dob.date);
      expect(registered.date > '2002' && registered.date < '2022-06').toBe(true);
    }
    expect(new Set(users.map(({ gender }) => gender))).toEqual(new Set(['male', 'female']));
  });

  it('have first names that fit their gender', async () => {
    const users = (await usersOf(8, 5_000)).filter(({ location }) => location.country === 'Brazil');
    const namesOf = (sex: string) =>
      new Set(users.filter(({ gender }) => gender === sex).map(({ name }) => name.first));
    const [women, men] = [namesOf('female'), namesOf('male')];
    expect(women.size).toBeGreaterThan(20);
    expect(men.size).toBeGreaterThan(20);
    // faker's lists for Brazil share no name.
    expect(women.intersection(men)).toEqual(new Set());
  });

  it('have postcodes as numbers and as texts, some with a leading zero', async () => {
    const codes = (await usersOf(4, 1_000)).map(({ location }) => location.postcode);
    expect(codes.some((code) => typeof code === 'number')).toBe(true);
    expect(codes.some((code) => typeof code === 'string' && code.startsWith('0'))).toBe(true);
    expect(codes.some((code) => typeof code === 'string' && /[A-Z]/.test(code))).toBe(true);
  });

  it.each([
    ['Iran', /^[\p{Script=Arabic}\u200c\s]+$/u],
    ['Ukraine', /^[\p{Script=Cyrillic}'’ʼ\s-]+$/u],
    ['Serbia', /^[A-Za-zČĆŽŠĐčćžšđ\s-]+$/],
  ])('of %s are written in its own letters', async (country, letters) => {
    const users = (await usersOf(5, 5_000)).filter(({ location }) => location.country === country);
    const names = users.flatMap(({ name }) => [name.first, name.last]);
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name) => !letters.test(name))).toEqual([]);
  });

  it('never end, and come in bounded lists', async () => {
    const source = createOfflineSource({ seed: 6 });
    for (let turn = 0; turn < 3; turn += 1) {
      expect((await source.take(1_000_000, never)).users).toHaveLength(500);
    }
  });

  it('are not made for a caller who has given up', async () => {
    await expect(createOfflineSource({ seed: 1 }).take(1, AbortSignal.abort())).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });
});
