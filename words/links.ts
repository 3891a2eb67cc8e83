// The addresses outside of Riacho that it may open in a person's browser: these, letter by letter, and no other.

export const links = {
  kafka: 'https://kafka.apache.org/39/documentation.html',
  cassandra: 'https://cassandra.apache.org/doc/5.0/',
  randomuser: 'https://randomuser.me/documentation',
  openMeteo: 'https://open-meteo.com/',
} as const;

export type LinkName = keyof typeof links;

/** Whether a page may have this opened: exactly one of the list, since a prefix would let anything follow. */
export function isLink(url: string): boolean {
  return Object.values<string>(links).includes(url);
}
