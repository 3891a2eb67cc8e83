// The window's language: both are at hand, so that a change shows at once.
import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from '../../words/sentences/en.ts';
import { ptBR } from '../../words/sentences/pt-br.ts';
import type { Settings } from '../../words/settings.ts';

export type Language = 'en' | 'pt-BR';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    // Codes hold underscores, which would else mean plurals and contexts.
    contextSeparator: '|';
    pluralSeparator: '|';
  }
}

/** What `system` means here: pt-BR for any Portuguese, else en. */
export function languageOf(choice: Settings['language']): Language {
  if (choice !== 'system') return choice;
  return /^pt\b/i.test(navigator.language) ? 'pt-BR' : 'en';
}

const choices = ['system', 'en', 'pt-BR'] as const;
const storageKey = 'riacho-language';

/** The choice of the last time, known before the app answers. */
function rememberedLanguage(): Settings['language'] {
  const found = localStorage.getItem(storageKey);
  return choices.find((choice) => choice === found) ?? 'system';
}

/** Shows the language from now on, and the next time from the beginning. */
export function showLanguage(choice: Settings['language']): void {
  localStorage.setItem(storageKey, choice);
  const language = languageOf(choice);
  document.documentElement.lang = language;
  if (i18next.language !== language) void i18next.changeLanguage(language);
}

/** Ready when it returns: nothing is fetched. */
export function startWords(): i18n {
  void i18next.use(initReactI18next).init({
    lng: languageOf(rememberedLanguage()),
    initAsync: false,
    contextSeparator: '|',
    pluralSeparator: '|',
    resources: { en: { translation: en }, 'pt-BR': { translation: ptBR } },
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = i18next.language;
  return i18next;
}
