// What is handed out of the built page, and what never is.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentSecurityPolicy, openPage, type Page } from './page.ts';

let root: string;
let page: Page;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'riacho-page-'));
  const folder = join(root, 'page');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(folder, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">');
  await writeFile(join(folder, 'assets', 'main-abc.js'), 'go()');
  await writeFile(join(root, 'secret.txt'), 'secret');
  await symlink(join(root, 'secret.txt'), join(folder, 'link.txt'));
  page = await openPage(folder);
});
afterAll(() => rm(root, { recursive: true }));

describe('the page', () => {
  it('has a nonce of its own in each load, the same in the page and in its policy', () => {
    const loads = [page.answer('/'), page.answer('/'), page.answer('/index.html')];
    const nonces = loads.map(({ body, headers }) => {
      const [, nonce = ''] = /content="([^"]+)"/.exec(body.toString()) ?? [];
      expect(headers['Content-Security-Policy']).toContain(`'nonce-${nonce}'`);
      return nonce;
    });
    expect(new Set(nonces).size).toBe(3);
    expect(nonces.map((nonce) => Buffer.from(nonce, 'base64').length)).toEqual([16, 16, 16]);
  });

  it('may be kept by a browser where its name holds its hash, and nowhere else', () => {
    expect(page.answer('/assets/main-abc.js').headers).toMatchObject({
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': expect.stringContaining('immutable'),
    });
    expect(page.answer('/').headers['Cache-Control']).toBe('no-store');
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..\\secret.txt',
    '//secret.txt',
    '/link.txt',
    '/assets',
    '/assets/',
    '',
    'index.html',
    '/index.html/..',
    '/\0',
  ])('has nothing at %j', (path) => {
    expect(page.answer(path)).toMatchObject({ status: 404, body: Buffer.from('404') });
  });

  it('has nothing of the disk at any path whatever', () => {
    const step = fc.constantFrom('..', '.', 'assets', 'secret.txt', '%2e%2e', '\\', '/', '');
    fc.assert(
      fc.property(fc.array(step, { size: 'max', maxLength: 12 }), (steps) => {
        expect(page.answer(`/${steps.join('/')}`).body.toString()).not.toContain('secret');
      }),
    );
  });

  it('that was never built is said', async () => {
    const folder = join(root, 'nowhere');
    await expect(openPage(folder)).rejects.toMatchObject({
      code: 'PAGE_NOT_BUILT',
      params: { path: folder },
    });
  });
});

it('allows nothing inline and nothing evaluated, and no source but ours', () => {
  const policy = contentSecurityPolicy('abc', 'ws://127.0.0.1:1');
  expect(policy).not.toMatch(/unsafe|\*|https?:\/\/(?!randomuser\.me)/);
  expect(Object.fromEntries(policy.split('; ').map((part) => part.split(/ (.*)/).slice(0, 2)))).toEqual({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self' 'nonce-abc'",
    'font-src': "'self'",
    'img-src': "'self' data: https://randomuser.me",
    'connect-src': "'self' ws://127.0.0.1:1",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  });
});
