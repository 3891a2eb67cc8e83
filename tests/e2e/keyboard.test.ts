// The whole flow on the real embedded engine without a mouse: one story, each step on what the one before left. The focus
// is never put anywhere but by keys, and is seen wherever Tab leads.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ptBR } from '../../words/sentences/pt-br.ts';
import { eventually } from '../integration/lab.ts';
import { openBrowser, type Browser, type Shown } from './browser.ts';
import { openRealApp, type RealApp } from './harness.ts';
import { tabTo, tabToRole } from './keyboard.ts';
import { button, panel } from './screens.ts';
import { inSteps } from './story.ts';
import { named } from './words.ts';

const say = named['pt-BR'];
const { screens } = ptBR;
const startMs = 90_000;

describe('the flow by keys alone', () => {
  let browser: Browser;
  let app: RealApp;
  let shown: Shown;
  let page: Page;

  inSteps(() => (shown ? [shown] : []));
  beforeAll(async () => {
    app = await openRealApp();
    browser = await openBrowser();
    shown = await browser.show(app.router);
    ({ page } = shown);
    await button(page, say.startStack).waitFor();
  });
  afterAll(async () => {
    await shown?.close();
    await browser?.close();
    await app?.close();
  });

  const sumNow = async () => (await app.client.runs.next({ after: 0 })).frame.sum;

  async function press(key: string, times = 1): Promise<void> {
    for (let time = 0; time < times; time += 1) await page.keyboard.press(key);
  }

  async function enter(name: string): Promise<void> {
    await tabTo(page, name);
    await press('Enter');
  }

  async function write(name: string, text: string): Promise<void> {
    await tabTo(page, name);
    await press('ControlOrMeta+A');
    await page.keyboard.type(text);
  }

  /** By the digit that stands for the screen on the rail. */
  async function goTo(digit: string, name: string): Promise<void> {
    await press(digit);
    await page.getByRole('heading', { level: 1, name, exact: true }).waitFor({ state: 'attached' });
  }

  /** Tabs of a screen are chosen by arrows. */
  async function turnTo(first: string, wanted: string): Promise<void> {
    await tabToRole(page, 'tab', first);
    await press('ArrowRight');
    await page.getByRole('tab', { name: wanted, selected: true }).waitFor();
  }

  async function escape(from: Locator): Promise<void> {
    await press('Escape');
    await from.waitFor({ state: 'hidden' });
  }

  it('starts the stack', { timeout: startMs }, async () => {
    await enter(say.startStack);
    await button(page, say.startProducing).waitFor({ timeout: startMs });
    expect((await app.client.stack.status()).stack).toBe('healthy');
  });

  it('produces spoiled records, too, and consumes them', { timeout: startMs }, async () => {
    await tabTo(page, screens.lab.sources.auto);
    await press('ArrowRight', 2);
    await write(screens.lab.rate, '40');
    await write(screens.lab.duration, '5');
    await tabTo(page, screens.lab.spoiled);
    await press('ArrowRight', 20);
    await enter(say.startProducing);
    await button(page, say.stopProducing).waitFor();
    await enter(say.startConsuming);
    await button(page, say.stopConsuming).waitFor();
    await button(page, say.startProducing).waitFor({ timeout: startMs });
    await eventually('all is read', async () => (await sumNow())?.waiting === 0);
    const { inTopic, written, deadLetters } = await app.client.topic.sum();
    expect(inTopic).toBeGreaterThan(50);
    expect(deadLetters).toBeGreaterThan(10);
    expect(written + deadLetters).toBe(inTopic);
  });

  it('opens a message, follows it to its row and the row to its message', async () => {
    const { rows } = await app.client.rows.read({ limit: 1 });
    const id = rows[0]?.['id'] ?? '';
    await goTo('3', say.messages);
    await button(page, screens.messages.produce).waitFor();
    await press('/');
    await page.keyboard.type(id);
    await page.getByText(/encontradas 1$/).waitFor();
    await tabToRole(page, 'grid', screens.messages.list);
    await press('ArrowUp');
    await press('Enter');
    const opened = panel(page, screens.messages.panel);
    await opened.getByText(id).first().waitFor();
    const place = await opened.getByRole('heading').innerText();
    await enter(say.follow);
    const way = page.getByRole('dialog', { name: say.follow });
    await way.getByText(screens.follow.written, { exact: true }).waitFor();
    await enter(screens.follow.openRow);
    const row = panel(page, screens.rows.row);
    await row.getByText(id).first().waitFor();
    await enter(say.follow);
    await way.getByText(screens.follow.written, { exact: true }).waitFor();
    await enter(screens.follow.openMessage);
    await opened.getByText(id).first().waitFor();
    expect(await opened.getByRole('heading').innerText()).toBe(place);
  });

  it('walks through the rows', async () => {
    await goTo('4', say.rows);
    await tabToRole(page, 'grid', screens.rows.table);
    await press('ArrowDown', 3);
    const row = panel(page, screens.rows.row);
    await row.waitFor();
    await press('End');
    const { rows } = await app.client.rows.size();
    await page.getByRole('row', { selected: true, name: String(rows) }).waitFor();
    expect(await row.locator('dd').first().innerText()).not.toBe('');
    await escape(row);
  });

  it('asks in CQL', async () => {
    await turnTo(screens.rows.table, screens.rows.cql);
    await write(screens.rows.console.statement, 'SELECT count(*) FROM dsa_dados_usuarios.tb_usuarios');
    await press('ControlOrMeta+Enter');
    const { rows } = await app.client.rows.size();
    const result = page.getByRole('grid', { name: screens.rows.console.result });
    await result.getByText(String(rows)).waitFor();
    expect(await result.getByRole('row').count()).toBe(2);
    // In the editor a digit is a digit.
    await press('Tab');
  });

  it('mends a dead letter and puts it back', async () => {
    const { written } = await app.client.topic.sum();
    const { letters } = await app.client.deadLetters.read({ limit: 1_000 });
    const at = letters.findIndex(({ reason }) => reason === 'bad-email');
    const user = JSON.parse(letters[at]?.value?.content ?? '{}') as Record<string, string>;
    await goTo('3', say.messages);
    await turnTo(screens.messages.messages, say.deadLetters);
    await page.getByRole('grid', { name: screens.messages.lettersList }).waitFor();
    await tabToRole(page, 'grid', screens.messages.lettersList);
    await press('ArrowDown', 1 + at);
    await press('Enter');
    const desk = panel(page, screens.messages.letter);
    await desk.getByText(ptBR.reasons['bad-email']).waitFor();
    await desk.getByRole('textbox', { name: screens.messages.editor }).waitFor();
    await write(screens.messages.editor, JSON.stringify({ ...user, email: 'mended@example.com' }));
    await desk.getByText(screens.messages.becomesRow).waitFor();
    await enter(say.putBack);
    await desk.getByText(/Devolvida ao tópico em/).waitFor();
    await eventually('it is a row', async () => (await sumNow())?.written === written + 1);
    const { rows } = await app.client.rows.find({ id: user['id'] ?? '' });
    expect(rows).toMatchObject([{ email: 'mended@example.com' }]);
  });

  it('exports', async () => {
    const file = join(app.folder, 'users.csv');
    await goTo('4', say.rows);
    await enter(say.exportCsv);
    const dialog = page.getByRole('dialog', { name: say.exportCsv });
    await dialog.waitFor();
    await write(screens.rows.export.file, file);
    await enter(screens.rows.export.start);
    await dialog.getByText(/Exportado: /).waitFor();
    await escape(dialog);
    const { written } = await app.client.topic.sum();
    expect((await readFile(file, 'utf8')).trimEnd().split('\r\n')).toHaveLength(1 + written);
  });

  it('stops', { timeout: startMs }, async () => {
    await goTo('1', say.lab);
    await enter(say.stopConsuming);
    await button(page, say.startConsuming).waitFor();
    await enter(say.stopStack);
    await page.getByText(screens.frame.stackStates.stopped).waitFor({ timeout: startMs });
    expect((await app.client.stack.status()).stack).toBe('stopped');
  });
});
