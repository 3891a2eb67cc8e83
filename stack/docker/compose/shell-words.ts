// Splits a command written as one text into its words, as docker compose does. Runs nothing, expands nothing.

const word = /(?:[^\s'"\\;&|<>()`]|\\[^]|'[^']*'|"(?:[^"\\]|\\[^])*")+/y;
const piece = /\\([^])|'([^']*)'|"((?:[^"\\]|\\[^])*)"|([^'"\\]+)/g;
const space = /\s*/y;

function unquoted(text: string): string {
  return text.replace(
    piece,
    (_all, escaped?: string, single?: string, double?: string, bare?: string) =>
      escaped ?? single ?? double?.replace(/\\([^])/g, '$1') ?? bare ?? '',
  );
}

/** Throws on a quote that stays open, and on what only a shell could do (`;`, `|`, `$(…)` and the like outside quotes). */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let at = 0;
  for (;;) {
    space.lastIndex = at;
    space.test(text);
    at = space.lastIndex;
    if (at === text.length) return words;
    word.lastIndex = at;
    const found = word.exec(text)?.[0];
    if (found === undefined) throw new Error(`${text.slice(at, at + 20)}?`);
    words.push(unquoted(found));
    at += found.length;
  }
}
