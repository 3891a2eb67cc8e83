// What the language has learnt since Chromium 108 and Node 16, as far as the app says it. For page and process alike.
'use strict';

const define = (target, methods) => {
  for (const [name, value] of Object.entries(methods)) {
    if (!(name in target)) Object.defineProperty(target, name, { value, configurable: true, writable: true });
  }
};

/** A method that works on a copy. */
const onCopy = (name) =>
  function (...args) {
    const copy = [...this];
    copy[name](...args);
    return copy;
  };

define(Array.prototype, {
  toReversed: onCopy('reverse'),
  toSorted: onCopy('sort'),
  toSpliced: onCopy('splice'),
  with(index, value) {
    return Object.assign([...this], { [index < 0 ? this.length + index : index]: value });
  },
  findLast(...args) {
    return [...this].reverse().find(...args);
  },
});

define(Array, {
  async fromAsync(items) {
    const all = [];
    for await (const item of items) all.push(item);
    return all;
  },
});

define(Promise, {
  withResolvers() {
    const parts = {};
    parts.promise = new this((resolve, reject) => Object.assign(parts, { resolve, reject }));
    return parts;
  },
  try: async (work, ...args) => work(...args),
});

const group = (items, keyOf) => {
  const groups = new Map();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
};
define(Map, { groupBy: group });
define(Object, { groupBy: (items, keyOf) => Object.fromEntries(group(items, keyOf)) });

define(String.prototype, {
  isWellFormed() {
    return !/\p{Surrogate}/u.test(this);
  },
  toWellFormed() {
    return this.replace(/\p{Surrogate}/gu, '\uFFFD');
  },
});

// Methods of iterators themselves: on an array of what is left, which is as good for what is finite.
const iterators = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
const onArray = (name) =>
  function (...args) {
    return [...this][name](...args);
  };
define(iterators, {
  toArray() {
    return [...this];
  },
  ...Object.fromEntries(
    ['map', 'filter', 'find', 'some', 'every', 'forEach', 'reduce', 'flatMap'].map((name) => [
      name,
      onArray(name),
    ]),
  ),
});
