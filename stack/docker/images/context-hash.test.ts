import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { baseImages, contextHash } from './context-hash.ts';

let context = '';
beforeEach(async () => {
  context = await mkdtemp(join(tmpdir(), 'riacho-context-'));
  await mkdir(join(context, 'dags'));
  await writeFile(join(context, 'Dockerfile'), 'FROM a\nCOPY . .\n');
  await writeFile(join(context, 'dags', 'one.py'), 'one');
});
afterEach(() => rm(context, { recursive: true }));

const build = () => ({ context, dockerfile: 'Dockerfile', args: {} });

it('is the same until a file has other content, another name or another executable bit', async () => {
  const seen = [await contextHash(build())];
  expect(await contextHash(build())).toBe(seen[0]);
  await writeFile(join(context, 'dags', 'one.py'), 'two');
  seen.push(await contextHash(build()));
  await chmod(join(context, 'dags', 'one.py'), 0o755);
  seen.push(await contextHash(build()));
  await writeFile(join(context, 'dags', 'two.py'), '');
  seen.push(await contextHash(build()));
  seen.push(await contextHash({ ...build(), args: { A: 'b' } }));
  expect(new Set(seen).size).toBe(seen.length);
});

it('is that of the Dockerfile alone where nothing is copied', async () => {
  await writeFile(join(context, 'Dockerfile'), 'FROM a\nRUN true\n');
  const before = await contextHash(build());
  await writeFile(join(context, 'dags', 'one.py'), 'two');
  expect(await contextHash(build())).toBe(before);
  await writeFile(join(context, 'Dockerfile'), 'FROM a\nRUN false\n');
  expect(await contextHash(build())).not.toBe(before);
});

it('finds what a Dockerfile begins with, but not its own stages', () => {
  const dockerfile = `# FROM comment
FROM --platform=linux/amd64 apache/airflow:2.10.4 AS base
from python:3.11 as other
FROM base
FROM scratch
FROM image:\${TAG}
`;
  expect(baseImages(dockerfile)).toEqual(['apache/airflow:2.10.4', 'python:3.11']);
});
