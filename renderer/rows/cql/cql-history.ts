// The statements that were run, newest first, kept in this browser.
import { z } from 'zod';

const key = 'riacho-cql-history';
const entriesMax = 50;
const entries = z.array(z.string());

export function readHistory(): string[] {
  try {
    return entries.parse(JSON.parse(localStorage.getItem(key) ?? '[]'));
  } catch {
    // Not ours, or of an older version: nothing to remember.
    return [];
  }
}

/** Puts a statement first, once; returns all. */
export function remember(statement: string): string[] {
  const all = [statement, ...readHistory().filter((one) => one !== statement)].slice(0, entriesMax);
  localStorage.setItem(key, JSON.stringify(all));
  return all;
}

export function forgetHistory(): void {
  localStorage.removeItem(key);
}
