// What the page may not do, tried in a real browser: a policy that nobody enforces would let these tests fail.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ptBR } from '../../words/sentences/pt-br.ts';
import { openFedLab } from './fed-router.ts';
import { stoppedStack } from './fed-said.ts';
import { usePages } from './fixtures.ts';
import { places, withStack } from './places.ts';
import { button, fillEditor, panel } from './screens.ts';
import { named } from './words.ts';

const say = named['pt-BR'];
const { screens } = ptBR;
const pictures = 'https://randomuser.me/api/portraits/';

describe('no screen breaks the policy of the page, or asks anything of another origin', () => {
  const show = usePages();

  // What breaks the policy is said in the console, which fails a test when its page is closed.
  it('whatever is opened', async () => {
    const { page, foreign } = await show(openFedLab({ rate: 50 }).router);
    for (const name of withStack) {
      await page.reload();
      await places[name](page);
    }
    expect(foreign.filter((url) => !url.startsWith(pictures))).toEqual([]);
  });

  it('without a stack', async () => {
    const lab = openFedLab();
    lab.said.stack = stoppedStack();
    const { page, foreign } = await show(lab.router);
    for (const name of ['start', 'noMessages', 'noRows', 'services', 'settings'] as const)
      await places[name](page);
    expect(foreign).toEqual([]);
  });

  it('where something is written, chosen and confirmed', async () => {
    const { page } = await show(openFedLab({ rate: 50 }).router);
    await places.letter(page);
    await fillEditor(page, screens.messages.editor, '{"email": "ana@example.com"}');
    await button(page, say.putBack).click();
    await places.cql(page);
    await fillEditor(page, screens.rows.console.statement, 'TRUNCATE dsa_dados_usuarios.tb_usuarios');
    await button(page, screens.rows.console.run).click();
    const dialog = page.getByRole('dialog', { name: screens.rows.console.confirm });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.keyboard.press('1');
    await button(page, screens.frame.theme).click();
    await page.getByRole('menuitem', { name: screens.frame.themes.dark }).click();
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
  });

  it('where text is typed over text in an editor', async () => {
    const { page } = await show(openFedLab({ rate: 50 }).router);
    await places.cql(page);
    await page.getByRole('textbox', { name: screens.rows.console.statement }).click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('SELECT 1');
    expect(await page.getByRole('textbox', { name: screens.rows.console.statement }).innerText()).toBe(
      'SELECT 1',
    );
  });
});

describe('a picture of a user', () => {
  const show = usePages();

  async function openRow(page: Page): Promise<void> {
    await places.row(page);
    await panel(page, screens.rows.row).getByRole('img').waitFor();
  }

  it('comes from randomuser.me where the settings allow it', async () => {
    const { page, foreign } = await show(openFedLab({ rate: 50 }).router);
    await openRow(page);
    await expect.poll(() => foreign).toEqual([expect.stringContaining(pictures)]);
  });

  it('is drawn where they do not', async () => {
    const lab = openFedLab({ rate: 50 });
    lab.said.settings = { ...lab.said.settings, showPictures: false };
    const { page, foreign } = await show(lab.router);
    await openRow(page);
    expect(await panel(page, screens.rows.row).locator('img').count()).toBe(0);
    expect(foreign).toEqual([]);
  });

  it('is drawn where the network does not answer', async () => {
    const shown = await show(openFedLab({ rate: 50 }).router);
    shown.expect(/Failed to load resource/);
    await shown.page.route('https://randomuser.me/**', (route) => route.abort('namenotresolved'));
    await openRow(shown.page);
    await expect.poll(() => panel(shown.page, screens.rows.row).locator('img').count()).toBe(0);
  });
});

describe('what somebody put into the page', () => {
  const show = usePages();

  /** Tries it in the page: what came of it, and which directive of the policy it broke, if any. */
  async function tryOut(name: string): Promise<{ broken: string | undefined; came: string }> {
    const shown = await show(openFedLab({ rate: 50 }).router);
    shown.expect(/Content Security Policy|Refused to/);
    await places.lab(shown.page);
    return shown.page.evaluate(async (wanted) => {
      const added = <T extends HTMLElement>(element: T): T => {
        document.body.append(element);
        return element;
      };
      const make = (tag: string, parts: object): HTMLElement =>
        added(Object.assign(document.createElement(tag), parts));
      const shownStyle = (): string => getComputedStyle(document.body).getPropertyValue('--probe');
      const css = 'body { --probe: 1 }';
      const win = window as unknown as Record<string, string | undefined>;
      const trials: Record<string, () => string | undefined> = {
        'a style with the nonce of the page': () => {
          const { content } = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]') ?? {
            content: '',
          };
          const style = document.createElement('style');
          style.nonce = content;
          style.textContent = css;
          added(style);
          return shownStyle();
        },
        'a style': () => {
          make('style', { textContent: css });
          return shownStyle();
        },
        'a style attribute': () => {
          document.body.setAttribute('style', '--probe: 1');
          return shownStyle();
        },
        'a script': () => {
          make('script', { textContent: 'window.probe = "ran"' });
          return win['probe'];
        },
        'a handler in an attribute': () => {
          const element = make('b', {});
          element.setAttribute('onclick', 'window.probe = "ran"');
          element.click();
          return win['probe'];
        },
        // oxlint-disable-next-line no-eval -- that it is refused is what is tried
        eval: () => String(globalThis.eval('"ran"')),
        // oxlint-disable-next-line typescript/no-implied-eval -- likewise
        'a function from text': () => String(new Function('return "ran"')()),
        'a script of another origin': () => void make('script', { src: 'https://example.com/a.js' }),
        'a style of another origin': () =>
          void make('link', { rel: 'stylesheet', href: 'https://example.com/a.css' }),
        'a picture of another origin': () => void make('img', { src: 'https://example.com/a.png' }),
        'a frame': () => void make('iframe', { src: 'https://example.com/' }),
        'a request to another origin': () => void fetch('https://example.com/').catch(() => undefined),
        'a form to another origin': () => {
          const form = document.createElement('form');
          form.action = 'https://example.com/';
          added(form).submit();
          return undefined;
        },
        'another base': () => {
          const base = document.createElement('base');
          base.href = 'https://example.com/';
          document.head.append(base);
          return document.baseURI.includes('example') ? 'ran' : undefined;
        },
      };
      const told = Promise.withResolvers<string | undefined>();
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
        told.resolve(effectiveDirective),
      );
      // Later, of the page's own accord: what the test's own channel runs is not held to the policy.
      await new Promise((resolve) => setTimeout(resolve, 0));
      let came: string;
      try {
        came = trials[wanted]?.() ?? '';
      } catch (error) {
        came = String((error as Error).name);
      }
      setTimeout(() => told.resolve(undefined), 2_000);
      return { broken: await told.promise, came };
    }, name);
  }

  it.each([
    ['a style', 'style-src-elem', ''],
    ['a style attribute', 'style-src-attr', ''],
    ['a script', 'script-src-elem', ''],
    ['a handler in an attribute', 'script-src-attr', ''],
    ['eval', 'script-src', 'EvalError'],
    ['a function from text', 'script-src', 'EvalError'],
    ['a script of another origin', 'script-src-elem', ''],
    ['a style of another origin', 'style-src-elem', ''],
    ['a picture of another origin', 'img-src', ''],
    ['a frame', 'frame-src', ''],
    ['a request to another origin', 'connect-src', ''],
    ['a form to another origin', 'form-action', ''],
    ['another base', 'base-uri', ''],
  ])('%s is refused', async (name, broken, came) => {
    expect(await tryOut(name)).toEqual({ broken, came });
  });

  it('but for what the page itself brought, by its nonce', async () => {
    expect(await tryOut('a style with the nonce of the page')).toEqual({ broken: undefined, came: '1' });
  });
});
