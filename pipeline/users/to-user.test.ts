// Holds the mapping to recorded answers of the API.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { userColumns } from '../../words/users.ts';
import { decide } from './decide.ts';
import { apiAnswer } from './raw-user.ts';
import { newId, toUser } from './to-user.ts';

function recorded(name: string) {
  const path = new URL(`../../tests/data/${name}`, import.meta.url);
  return apiAnswer.parse(JSON.parse(readFileSync(path, 'utf8'))).results;
}

it('maps a recorded user as the data contract says', () => {
  const [first] = recorded('randomuser-answer.json').map((raw) => toUser(raw, 'x'));
  expect(first).toEqual({
    id: 'x',
    first_name: 'Atilla',
    last_name: 'Bennink',
    gender: 'male',
    address: '7541 Hoveniersdreef, Aalsmeerderbrug, Flevoland, Netherlands',
    post_code: '3436 TI',
    email: 'atilla.bennink@example.com',
    username: 'bigmouse581',
    dob: '1981-10-20T18:46:45.926Z',
    registered_date: '2018-07-22T19:29:37.066Z',
    phone: '(089) 8673781',
    picture: 'https://randomuser.me/api/portraits/med/men/20.jpg',
  });
});

it('makes the post code a text, whether the API sends a number or a text with a leading zero', () => {
  const codes = recorded('randomuser-answer-2.json').map((raw) => toUser(raw, 'x').post_code);
  expect(codes.slice(0, 3)).toEqual(['39508', '0691', '52978']);
});

it('makes of every recorded user a message that becomes the same row', () => {
  for (const name of ['randomuser-answer.json', 'randomuser-answer-2.json']) {
    for (const raw of recorded(name)) {
      const user = toUser(raw, newId());
      expect(decide(Buffer.from(JSON.stringify(user)))).toEqual({ row: user });
      expect(Object.keys(user)).toEqual(userColumns);
    }
  }
});

it('gives ids of 32 hex digits that do not repeat', () => {
  const ids = Array.from({ length: 1_000 }, newId);
  expect(new Set(ids).size).toBe(1_000);
  expect(ids.filter((id) => !/^[0-9a-f]{32}$/.test(id))).toEqual([]);
});
