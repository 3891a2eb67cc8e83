// The list of addresses that may be opened holds by the letter.
import { expect, it } from 'vitest';
import { isLink, links } from './links.ts';

it('a link of the list may be opened, and nothing that merely looks like one', () => {
  for (const url of Object.values(links)) {
    expect(isLink(url)).toBe(true);
    for (const other of [
      `${url}/`,
      `${url}#x`,
      `${url}?x`,
      url.toUpperCase(),
      url.replace('https', 'http'),
      ` ${url}`,
    ])
      expect([other, isLink(other)]).toEqual([other, false]);
  }
  expect(['', 'https://kafka.apache.org/', 'file:///etc/passwd', 'javascript:1'].filter(isLink)).toEqual([]);
});
