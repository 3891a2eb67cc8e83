// Both languages say the same things, with the same blanks to fill, about everything that has a name in `words/`.
import { describe, expect, it } from 'vitest';
import { deadLetterReasons } from '../dead-letters.ts';
import { errorCodes } from '../errors.ts';
import { findings } from '../messages.ts';
import { originName, waitingFor } from '../runs.ts';
import { serviceName, serviceState, serviceStep, stackNotice } from '../stack.ts';
import { weatherOrigin } from '../weather.ts';
import { en } from './en.ts';
import { ptBR } from './pt-br.ts';

/** Every sentence by its path, such as `errors.NO_JAVA.what`. */
function sentencesOf(tree: object, path: readonly string[] = []): Map<string, unknown> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null
        ? [...sentencesOf(value, [...path, key])]
        : [[[...path, key].join('.'), value]],
    ),
  );
}

/** The blanks of a sentence, sorted: `{{path}}` → `path`. */
function blanksOf(sentence: unknown): string[] {
  return [...String(sentence).matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort();
}

const english = sentencesOf(en);
const portuguese = sentencesOf(ptBR);

describe('the sentences', () => {
  it('are the same ones in both languages', () => {
    expect([...portuguese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('have the same blanks in both languages', () => {
    const blanks = (sentences: Map<string, unknown>) =>
      Object.fromEntries([...sentences].map(([key, sentence]) => [key, blanksOf(sentence)]));
    expect(blanks(portuguese)).toEqual(blanks(english));
  });

  it.each([
    ['en', english],
    ['pt-BR', portuguese],
  ])(
    'in %s say something, with every brace part of a blank and no blank at the edges',
    (_name, sentences) => {
      const faulty = [...sentences].filter(([, sentence]) => {
        if (typeof sentence !== 'string' || sentence === '' || sentence !== sentence.trim()) return true;
        return /[{}]/.test(sentence.replaceAll(/\{\{\w+\}\}/g, ''));
      });
      expect(faulty).toEqual([]);
    },
  );

  it('differ between the languages wherever they are more than names and blanks', () => {
    const same = [...english].filter(([key, sentence]) => portuguese.get(key) === sentence);
    // Services, and the profiles and nodes named after them, are products' own names.
    const words = same.filter(([, sentence]) => /\p{L}{3}.*\s.*\p{L}{3}/u.test(withoutBlanks(sentence)));
    // What is left is made of names alone.
    expect(
      words.map(([key]) => key).filter((key) => !/^services\.|\.(?:profiles|nodes)\./.test(key)),
    ).toEqual([]);
  });
});

function withoutBlanks(sentence: unknown): string {
  return String(sentence).replaceAll(/\{\{\w+\}\}/g, '');
}

describe.each([
  ['en', en],
  ['pt-BR', ptBR],
])('in %s', (_name, sentences) => {
  it('every error code has what happened and what to do next, and none is left over', () => {
    expect(Object.keys(sentences.errors).sort()).toEqual([...errorCodes].sort());
    for (const sentence of Object.values(sentences.errors))
      expect(Object.keys(sentence)).toEqual(['what', 'next']);
  });

  it('every reason of a dead letter is said, and the unknown one', () => {
    expect(Object.keys(sentences.reasons).sort()).toEqual([...deadLetterReasons, 'unknown'].sort());
  });

  it('every service, state, step, notice, origin, wait and finding is said', () => {
    const kinds = (options: readonly { shape: { kind: { value: string } } }[]) =>
      options.map(({ shape }) => shape.kind.value);
    const named = {
      services: serviceName.options,
      states: serviceState.options,
      steps: kinds(serviceStep.options),
      notices: kinds(stackNotice.options),
      sources: [...new Set([...originName.options, ...weatherOrigin.options])],
      waiting: waitingFor.options,
      findings,
    };
    const said = Object.fromEntries(
      Object.keys(named).map((key) => [key, Object.keys(sentences[key as keyof typeof named]).sort()]),
    );
    expect(said).toEqual(
      Object.fromEntries(Object.entries(named).map(([key, names]) => [key, [...names].sort()])),
    );
  });
});
