// The small page that whoever is not let in sees, in both languages: it says how to get in.
import { en } from '../words/sentences/en.ts';
import { ptBR } from '../words/sentences/pt-br.ts';

function section(language: string, { title, text }: { title: string; text: string }): string {
  return `<section lang="${language}"><h1>${title}</h1><p>${text}</p></section>`;
}

/** Loads nothing and runs nothing. */
export const refusalPage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Riacho</title></head>
<body>${section('en', en.refusal)}${section('pt-BR', ptBR.refusal)}</body>
</html>
`;
