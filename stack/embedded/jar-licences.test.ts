// The list of the jars' licences, which goes along with the jars.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readJarList } from './jar-list.ts';

const resourcesDir = join(import.meta.dirname, '../../compose/embedded');

it('names one for each listed jar', async () => {
  const { jars } = await readJarList(resourcesDir);
  const text = await readFile(join(resourcesDir, 'licences.tsv'), 'utf8');
  const known = [...text.matchAll(/^(\S+\.jar)\t\S.*$/gm)].map(([, name]) => name);
  expect(new Set(known)).toEqual(new Set(jars.map(({ name }) => name)));
});
