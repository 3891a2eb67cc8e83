// The terminal's language: which one, and its sentences filled in.
import { createInstance, type TFunction } from 'i18next';
import { en } from '../words/sentences/en.ts';
import { ptBR } from '../words/sentences/pt-br.ts';

export type Language = 'en' | 'pt-BR';
export const languages: readonly Language[] = ['en', 'pt-BR'];

/** A sentence by its key, such as `cli.stopping`, with its parameters. */
export type Say = (key: string, params?: Record<string, unknown>) => string;

/** The language of the user's system: pt-BR for any Portuguese, else en. */
export function systemLanguage(environment: NodeJS.ProcessEnv): Language {
  const locale =
    environment['LC_ALL'] ||
    environment['LC_MESSAGES'] ||
    environment['LANG'] ||
    Intl.DateTimeFormat().resolvedOptions().locale;
  return /^pt\b|^pt_/i.test(locale) ? 'pt-BR' : 'en';
}

/** Sentences in `language`; numbers are written as that language writes them. */
export async function createSay(language: Language): Promise<Say> {
  const instance = createInstance();
  const t: TFunction = await instance.init({
    lng: language,
    resources: { en: { translation: en }, 'pt-BR': { translation: ptBR } },
    interpolation: { escapeValue: false },
  });
  const numbers = new Intl.NumberFormat(language);
  return (key, params = {}) =>
    t(
      key,
      Object.fromEntries(
        Object.entries(params).map(([name, value]) => [
          name,
          typeof value === 'number' ? numbers.format(value) : value,
        ]),
      ),
    );
}
