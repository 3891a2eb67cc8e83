// The desktop's own sentences, for menu and dialogs, in the person's language. Which one that is may change at any time.
import { app } from 'electron';
import type { Fault } from '../words/errors.ts';
import { en, type Sentences } from '../words/sentences/en.ts';
import type { ErrorSentence } from '../words/sentences/errors-en.ts';
import { ptBR } from '../words/sentences/pt-br.ts';
import type { Settings } from '../words/settings.ts';

/** `system` is pt-BR where any Portuguese comes first among the system's languages, else en. */
export function sentencesIn(language: Settings['language']): Sentences {
  const [preferred = app.getLocale()] = app.getPreferredSystemLanguages();
  const isPortuguese = language === 'system' ? /^pt\b/i.test(preferred) : language === 'pt-BR';
  return isPortuguese ? ptBR : en;
}

/** What happened and what to do, for the rare dialog before there is a page. */
export function toldFault({ code, params }: Fault, { errors, nextInWindow }: Sentences): ErrorSentence {
  const inWindow: Partial<Record<string, string>> = nextInWindow;
  const fill = (sentence: string): string =>
    sentence.replaceAll(/\{\{(\w+)\}\}/g, (_blank, name: string) => String(params[name] ?? ''));
  return { what: fill(errors[code].what), next: fill(inWindow[code] ?? errors[code].next) };
}
