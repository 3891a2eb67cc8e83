// Users made on this machine, in the API's shape and over all its nationalities, for when there is no network.
// faker gives the lists of names and places once; a seeded generator combines them, so nothing here is random.
import type { Faker } from '@faker-js/faker';
import { throwIfAborted } from '../../sources/faults.ts';
import { createDice, type Dice } from '../../sources/seeded-dice.ts';
import type { RawUser } from '../raw-user.ts';
import { toAsciiLetters } from './ascii-letters.ts';
import { nationalities, type Nationality } from './nationalities.ts';
import type { Source } from './source.ts';

/** So many at once at the most: some 5 ms in which nothing else runs, a window's frame among it. */
const takeMax = 500;
const streetsPerPool = 150;
/** Any will do: it only keeps the pools the same for every seed of users. */
const poolSeed = 21;

/** Born 1944 to 2004, registered 2002 to 2022, as the API's users (epoch ms). Fixed, so that a seed's users never change. */
const bornMs = { min: Date.UTC(1944, 8), max: Date.UTC(2004, 0) - 1 };
const registeredMs = { min: Date.UTC(2002, 3), max: Date.UTC(2022, 4) - 1 };
/** How many portraits the API has, minus one. */
const lastPortrait = { male: 99, female: 96 };

type Sex = 'male' | 'female';

interface Name {
  text: string;
  /** Its part of the e-mail address. */
  ascii: string;
}

interface Pool {
  nationality: Nationality;
  first: Record<Sex, Name[]>;
  last: Record<Sex, Name[]>;
  streets: string[];
  cities: readonly string[];
  states: readonly string[];
}

// prettier-ignore
const adjectives = ['angry', 'beautiful', 'big', 'black', 'blue', 'brown', 'crazy', 'golden', 'goofy', 'green', 'happy', 'heavy', 'lazy', 'orange', 'organic', 'purple', 'red', 'sad', 'silver', 'small', 'smallgreen', 'ticklish', 'tiny', 'white', 'whitetiny', 'yellow'];
// prettier-ignore
const animals = ['bear', 'bird', 'butterfly', 'capybara', 'cat', 'dog', 'duck', 'elephant', 'fish', 'frog', 'goose', 'gorilla', 'koala', 'ladybug', 'leopard', 'lion', 'meerkat', 'mouse', 'ostrich', 'panda', 'peacock', 'rabbit', 'snake', 'swan', 'tiger', 'wolf', 'zebra'];

/** An endless source; the same `seed` gives the same users, however they are taken. Loads faker on the first take. */
export function createOfflineSource({ seed }: { seed: number }): Source {
  const dice = createDice(seed);
  let pools: Promise<Pool[]> | undefined;
  return {
    origin: 'offline',
    async take(max, signal) {
      throwIfAborted(signal);
      pools ??= loadPools();
      const ready = await pools;
      throwIfAborted(signal);
      const users = Array.from({ length: Math.min(max, takeMax) }, () => makeUser(dice.pick(ready), dice));
      return { users, fetchedAt: Date.now() };
    },
  };
}

async function loadPools(): Promise<Pool[]> {
  return Promise.all(
    nationalities.map(async (nationality) => {
      const { faker } = await nationality.load();
      return makePool(nationality, faker);
    }),
  );
}

/** Runs without a break from its seeding on, since a locale's faker is shared by the whole process. */
function makePool(nationality: Nationality, faker: Faker): Pool {
  faker.seed(poolSeed);
  const { person, location } = faker.definitions;
  const { states, cities } = nationality;
  return {
    nationality,
    first: bySex(person.first_name),
    last: bySex(person.last_name),
    streets: Array.from({ length: streetsPerPool }, () => faker.location.street()),
    cities: cities ?? location.city_name ?? [],
    states:
      states === undefined
        ? (location.state ?? [])
        : states === 'counties'
          ? (location.county ?? [])
          : states,
  };
}

function bySex(list: { generic?: string[]; female?: string[]; male?: string[] }): Record<Sex, Name[]> {
  const named = (texts: string[] = list.generic ?? []) =>
    texts.map((text) => ({ text, ascii: toAsciiLetters(text) }));
  return { male: named(list.male), female: named(list.female) };
}

function makeUser(pool: Pool, dice: Dice): RawUser {
  const sex: Sex = dice.int(0, 1) === 0 ? 'male' : 'female';
  const first = dice.pick(pool.first[sex]);
  const last = dice.pick(pool.last[sex]);
  const portrait = dice.int(0, lastPortrait[sex]);
  return {
    gender: sex,
    name: { first: first.text, last: last.text },
    location: {
      street: { number: dice.int(1, 9_999), name: dice.pick(pool.streets) },
      city: dice.pick(pool.cities),
      state: dice.pick(pool.states),
      country: pool.nationality.country,
      postcode: postcode(pool.nationality.postcode, dice),
    },
    email: `${first.ascii}.${last.ascii}@example.com`,
    login: { username: `${dice.pick(adjectives)}${dice.pick(animals)}${dice.int(100, 999)}` },
    dob: { date: moment(bornMs, dice) },
    registered: { date: moment(registeredMs, dice) },
    phone: dice.fill(pool.nationality.phone),
    picture: {
      medium: `https://randomuser.me/api/portraits/med/${sex === 'male' ? 'men' : 'women'}/${portrait}.jpg`,
    },
  };
}

function postcode(form: number | string, dice: Dice): number | string {
  return typeof form === 'string' ? dice.fill(form) : dice.int(10 ** (form - 1), 10 ** form - 1);
}

function moment(range: { min: number; max: number }, dice: Dice): string {
  return new Date(dice.int(range.min, range.max)).toISOString();
}
