// What a person was told, held against the sentences: one line, in their language, with what to do, and no stack trace.
import { readdir } from 'node:fs/promises';
import { expect } from 'vitest';
import type { ErrorCode } from '../../words/errors.ts';
import { en } from '../../words/sentences/en.ts';
import { ptBR } from '../../words/sentences/pt-br.ts';
import { cli, type CliOptions, type Ended } from './lab.ts';

export const languages = ['en', 'pt-BR'] as const;
export type Language = (typeof languages)[number];
const sentences = { en, 'pt-BR': ptBR };

/** In an argument: the language, so that both commands have a folder of their own. */
export const perLanguage = '<language>';

export interface Told {
  error: ErrorCode;
  /** 1: failed; 2: wrong use. */
  exit?: 1 | 2;
  /** What the sentence must name: a path, a flag, a number. */
  names?: readonly string[];
}

/** The fixed words of a sentence, around its blanks. */
function wordsOf(sentence: string): string[] {
  return sentence.split(/\{\{\w+\}\}/).map((part) => part.trim().replace(/[.:]$/, ''));
}

/** Fails unless the command ended with exactly this sentence on stderr, and nothing else there. */
export function expectTold(ended: Ended, language: Language, { error, exit = 1, names = [] }: Told): void {
  const { what, next } = sentences[language].errors[error];
  const { code, stderr } = ended;
  expect({ code, stderr }).toEqual({ code: exit, stderr: expect.stringMatching(/^[^\n]+\n$/) });
  for (const words of [...wordsOf(what), ...wordsOf(next), ...names]) expect(stderr).toContain(words);
  expect(stderr.startsWith(wordsOf(what)[0] ?? '')).toBe(true);
  expect(stderr).not.toMatch(/\{\{|\[object|\.\. /);
  expectNoTrace(ended);
}

export function expectNoTrace({ stdout, stderr }: Ended): void {
  expect(`${stdout}\n${stderr}`).not.toMatch(/\n\s+at |\bat \S+ \(.*:\d+:\d+\)/);
}

/** Runs the command once in each language, at the same time, and holds both to the sentence. */
export async function expectRefusal(
  [command = '', ...args]: readonly string[],
  told: Told,
  options: CliOptions = {},
): Promise<Ended[]> {
  return Promise.all(
    languages.map(async (language) => {
      const own = args.map((arg) => arg.replaceAll(perLanguage, language));
      const ended = await cli([command, '--lang', language, ...own], options);
      expectTold(ended, language, told);
      return ended;
    }),
  );
}

/** Everything below the folder that is not finished: drafts, parts, gates. */
export async function unfinishedIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return names.filter((name) => /\.part$|\.unfinished-|\.gate$|stamp\.json\.\d+$|\.tmp$/.test(name));
}
