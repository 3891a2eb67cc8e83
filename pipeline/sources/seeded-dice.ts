// A small seeded generator of chance: the same seed throws the same, on every machine. Not for secrets.

/** Throws in sequence; every call moves it on. */
export interface Dice {
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  /** One of `list`; throws a RangeError when there is none. */
  pick<T>(list: readonly T[]): T;
  /** `pattern` with each `#` a digit and each `?` a capital letter. */
  fill(pattern: string): string;
}

/** `seed`: any finite number. The generator is sfc32 (C. Doty-Humphrey, PractRand): 128 bits of state, passes its tests. */
export function createDice(seed: number): Dice {
  let a = Math.trunc(seed) >>> 0;
  let b = Math.floor(seed / 2 ** 32) >>> 0;
  let c = 0x9e3779b9;
  let counter = 1;
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  // Its author's own number of rounds until near seeds have parted.
  for (let round = 0; round < 12; round += 1) next();
  const real = () => (next() * 2 ** 21 + (next() >>> 11)) / 2 ** 53;
  const int = (min: number, max: number) => min + Math.floor(real() * (max - min + 1));
  return {
    int,
    pick(list) {
      const item = list[int(0, list.length - 1)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
    fill: (pattern) =>
      pattern.replaceAll(/[#?]/g, (sign) =>
        sign === '#' ? String(int(0, 9)) : String.fromCharCode(int(65, 90)),
      ),
  };
}
