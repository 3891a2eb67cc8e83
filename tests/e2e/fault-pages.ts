// What a person is told of a fault, looked for in both languages at once: a page each, side by side on one app.
import type { AnyRouter } from '../../server/sockets.ts';
import type { ErrorCode } from '../../words/errors.ts';
import { en } from '../../words/sentences/en.ts';
import { ptBR } from '../../words/sentences/pt-br.ts';
import type { Locator, Page } from 'playwright-core';
import type { Browser, Shown } from './browser.ts';
import { picture } from './story.ts';
import { languages, type Language } from './words.ts';

export const sentences = { en, 'pt-BR': ptBR };

export interface BothPages {
  list: readonly Shown[];
  /** The one in Portuguese: what is done is done there. */
  page: Page;
  /** Looks at both at once, and takes a picture of each as soon as it is seen. */
  look(name: string, at: (page: Page, language: Language) => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

export async function openBoth(browser: Browser, router: AnyRouter): Promise<BothPages> {
  const both = {
    en: await browser.show(router, { locale: 'en' }),
    'pt-BR': await browser.show(router, { locale: 'pt-BR' }),
  };
  const list = [both['pt-BR'], both.en];
  return {
    list,
    page: both['pt-BR'].page,
    async look(name, at) {
      await Promise.all(
        languages.map(async (language) => {
          const { page } = both[language];
          await at(page, language);
          await picture(page, `fault ${name} ${language}`);
        }),
      );
    },
    async close() {
      for (const shown of list) await shown.close();
    },
  };
}

/** The fixed words of a sentence, around its blanks. */
export function wordsOf(sentence: string): string[] {
  return sentence
    .split(/\{\{\w+\}\}/)
    .map((part) => part.trim())
    .filter((part) => part.length > 1);
}

/** Both sentences of a code as the window says them. */
export function said(language: Language, code: ErrorCode): string[] {
  const { errors, nextInWindow } = sentences[language];
  const next = Object.entries(nextInWindow).find(([name]) => name === code)?.[1] ?? errors[code].next;
  return [...wordsOf(errors[code].what), ...wordsOf(next)];
}

/** Resolves when a note says all that the code has to say. */
export async function untilSaid(place: Page | Locator, language: Language, code: ErrorCode): Promise<void> {
  for (const words of said(language, code)) {
    await place.getByRole('alert').getByText(words).first().waitFor();
  }
}
