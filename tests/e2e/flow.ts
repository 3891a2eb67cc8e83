// The flow as a newcomer on a real engine, in Brazilian Portuguese and, shortened, in English: one story, each step on
// what the one before left. Things are found by their accessible names.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../words/sentences/en.ts';
import { ptBR } from '../../words/sentences/pt-br.ts';
import type { EngineKind } from '../../words/stack.ts';
import { userColumns } from '../../words/users.ts';
import { eventually } from '../integration/lab.ts';
import { openBrowser, type Browser, type Shown } from './browser.ts';
import { openRealApp, type RealApp } from './harness.ts';
import { button, choose, fillEditor, goTo, node, numberIn, panel } from './screens.ts';
import { inSteps } from './story.ts';
import { seenSums, watchSum } from './sum-watch.ts';
import { named } from './words.ts';

const say = named['pt-BR'];
const { screens } = ptBR;

/** 25 s of production are enough to look at everything while it moves. */
const seconds = 25;
const startMs = 90_000;

/** `settings`: what a person has set before, such as the engine. */
export function describeFlow(engine: EngineKind, settings: Record<string, unknown> = {}): void {
  describe(`the flow, as a newcomer, ${engine}`, () => {
    let browser: Browser;
    let app: RealApp;
    let shown: Shown;
    let page: Page;

    inSteps(() => (shown ? [shown] : []));
    beforeAll(async () => {
      app = await openRealApp({
        async prepare(dataDir) {
          await mkdir(dataDir, { recursive: true });
          await writeFile(join(dataDir, 'settings.json'), JSON.stringify({ engine, ...settings }));
        },
      });
      browser = await openBrowser();
      shown = await browser.show(app.router);
      ({ page } = shown);
    });
    afterAll(async () => {
      await shown?.close();
      await browser?.close();
      await app?.close();
    });

    async function frameNow() {
      return (await app.client.runs.next({ after: 0 })).frame;
    }

    it('opens in the language of the system, with one big button', async () => {
      await button(page, say.startStack).waitFor();
      expect(await page.getByRole('navigation').getByRole('button').allInnerTexts()).toEqual([
        say.lab,
        say.services,
        say.messages,
        say.rows,
        say.settings,
      ]);
      expect(await page.locator('html').getAttribute('lang')).toBe('pt-BR');
    });

    it(
      'starts the stack, each service with its step, until all are healthy',
      { timeout: startMs },
      async () => {
        await button(page, say.startStack).click();
        await page.getByText('Kafka', { exact: true }).waitFor();
        await page.getByText('Cassandra', { exact: true }).waitFor();
        await page.getByText(screens.frame.stackStates.healthy).waitFor({ timeout: startMs });
        await button(page, say.startProducing).waitFor();
        expect((await app.client.stack.status()).stack).toBe('healthy');
        await watchSum(page, screens.frame.sum);
      },
    );

    it('produces offline at 50 a second with 10 % spoiled, and consumes from the beginning', async () => {
      await choose(page, screens.lab.source, screens.lab.sources.offline);
      await page.getByRole('textbox', { name: screens.lab.rate }).fill('50');
      await page.getByRole('textbox', { name: screens.lab.duration }).fill(String(seconds));
      const spoiled = page.getByRole('slider', { name: screens.lab.spoiled });
      await spoiled.focus();
      for (let percent = 0; percent < 10; percent += 1) await page.keyboard.press('ArrowRight');
      expect(await spoiled.getAttribute('aria-valuenow')).toBe('10');
      await choose(page, say.mode, 'initial');
      await button(page, say.startConsuming).click();
      await button(page, say.stopConsuming).waitFor();
      await button(page, say.startProducing).click();
      await button(page, say.stopProducing).waitFor();
    });

    it('moves on nodes, edges and charts, and in the sum, which holds in every sample', async () => {
      for (const name of [say.producer, say.topic, say.consumer, screens.lab.nodes.table, say.deadLetters]) {
        const counter = node(page, name);
        await eventually(`${name} counts`, async () => numberIn(await counter.innerText()) > 0, 20_000);
      }
      const topic = node(page, say.topic);
      const before = numberIn(await topic.innerText());
      await eventually('the topic grows', async () => numberIn(await topic.innerText()) > before, 5_000);
      await eventually(
        'every edge shows a pace, and its drops move',
        async () => {
          const rates = await page.locator('.react-flow__edgelabel-renderer').innerText();
          const moving = await page.evaluate(
            () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
          );
          return (rates.match(/\d\/s/g) ?? []).length === 5 && moving > 5;
        },
        20_000,
      );
      const charts = panel(page, screens.lab.charts);
      await eventually(
        'the charts say numbers',
        async () => {
          const text = await charts.innerText();
          return /[1-9]\d*\/s/.test(text) && /\d ms|\d s/.test(text);
        },
        10_000,
      );
      await eventually('the sum was seen to move', async () => (await seenSums(page)).samples > 20, 20_000);
      const { wrong, first, last } = await seenSums(page);
      expect(wrong).toEqual([]);
      expect(last?.written).toBeGreaterThan(first?.written ?? 0);
      expect(last?.deadLetters).toBeGreaterThan(0);
    });

    it('opens a message, follows it to its row, and the row back to its message', async () => {
      await goTo(page, say.messages);
      const { rows: known } = await app.client.rows.read({ limit: 1 });
      const id = known[0]?.['id'] ?? '';
      await page.getByRole('textbox', { name: screens.messages.filter }).fill(id);
      await page.getByText(/encontradas 1$/).waitFor();
      const list = page.getByRole('grid', { name: screens.messages.list });
      await list.getByRole('row').last().click();
      const opened = panel(page, screens.messages.panel);
      await button(opened, say.follow).waitFor();
      const place = await opened.getByRole('heading').innerText();
      const tree = await opened.innerText();
      await button(opened, say.follow).click();
      const way = page.getByRole('dialog', { name: say.follow });
      await way.getByText(screens.follow.written, { exact: true }).waitFor();
      await button(way, screens.follow.openRow).click();
      const row = panel(page, screens.rows.row);
      expect(id).toMatch(/^[\da-f]{32}$/);
      expect(tree).toContain(id);
      expect(await row.locator('dd').first().innerText()).toBe(id);
      await button(row, say.follow).click();
      await button(way, screens.follow.openMessage).click();
      await panel(page, screens.messages.panel).getByRole('heading', { name: place }).waitFor();
    });

    it('lets the run end, and everything in the topic is accounted for', { timeout: 90_000 }, async () => {
      await goTo(page, say.lab);
      await button(page, say.startProducing).waitFor({ timeout: seconds * 2_000 });
      await eventually('all is read', async () => (await frameNow()).sum?.waiting === 0);
      const { sum, producer } = await frameNow();
      // The producer keeps its pace: 50/s for the time that was asked for.
      expect(producer?.produced).toBeGreaterThan(50 * seconds * 0.9);
      expect(producer?.spoiled).toBe(sum?.deadLetters);
      await eventually('the bar shows it', async () => (await seenSums(page)).last?.waiting === 0, 10_000);
      expect((await seenSums(page)).last).toEqual(sum);
      expect((await seenSums(page)).wrong).toEqual([]);
    });

    it('browses the rows', async () => {
      await goTo(page, say.rows);
      const grid = page.getByRole('grid', { name: screens.rows.table });
      const { rows } = await app.client.rows.size();
      await page.getByText(`${rows.toLocaleString('pt-BR')} linhas`).waitFor();
      await eventually(
        'the grid knows its length',
        async () => (await grid.getAttribute('aria-rowcount')) === String(rows + 1),
        10_000,
      );
      await grid.focus();
      await page.keyboard.press('End');
      await grid.getByRole('row', { selected: true, name: rows.toLocaleString('pt-BR') }).waitFor();
      await page.keyboard.press('Home');
      await grid.getByRole('row').nth(1).click();
      const id = await panel(page, screens.rows.row).locator('dd').first().innerText();
      expect((await app.client.rows.find({ id })).rows).toHaveLength(1);
      await button(page, screens.rows.closeRow).click();
    });

    it('asks in CQL, and is asked before it removes', async () => {
      await page.getByRole('tab', { name: screens.rows.cql }).click();
      await fillEditor(
        page,
        screens.rows.console.statement,
        'SELECT count(*) FROM dsa_dados_usuarios.tb_usuarios',
      );
      await button(page, screens.rows.console.run).click();
      const { rows } = await app.client.rows.size();
      await page.getByRole('grid', { name: screens.rows.console.result }).getByText(String(rows)).waitFor();
      await fillEditor(page, screens.rows.console.statement, 'TRUNCATE dsa_dados_usuarios.tb_usuarios');
      await button(page, screens.rows.console.run).click();
      const asked = page.getByRole('dialog', { name: screens.rows.console.confirm });
      await asked.getByText('TRUNCATE').waitFor();
      await page.keyboard.press('Escape');
      await asked.waitFor({ state: 'hidden' });
      expect(await app.client.rows.size()).toMatchObject({ rows });
    });

    it('mends a dead letter, puts it back, and it becomes a row', async () => {
      await goTo(page, say.messages);
      await page.getByRole('tab', { name: say.deadLetters }).click();
      const letters = page.getByRole('grid', { name: screens.messages.lettersList });
      await letters.getByRole('row').filter({ hasText: ptBR.reasons['bad-email'] }).first().click();
      const desk = panel(page, screens.messages.letter);
      await desk.getByRole('textbox', { name: screens.messages.editor }).waitFor();
      const { letters: read } = await app.client.deadLetters.read({ limit: 1_000, reason: 'bad-email' });
      const place = (await desk.getByRole('heading').innerText()).replaceAll(/[^\d/]/g, '');
      const letter = read.find(
        ({ sourcePartition, sourceOffset }) => `${sourcePartition}/${sourceOffset}` === place,
      );
      const user = JSON.parse(letter?.value?.content ?? '{}') as Record<string, string>;
      const before = (await app.client.topic.sum()).written;
      const mended = JSON.stringify({ ...user, email: 'mended@example.com' });
      await fillEditor(page, screens.messages.editor, mended);
      await desk.getByText(screens.messages.becomesRow).waitFor();
      await button(desk, say.putBack).click();
      await desk.getByText(/Devolvida ao tópico em/).waitFor();
      // The consumer still runs: it reads what was put back.
      await eventually('it is a row', async () => (await app.client.topic.sum()).written === before + 1);
      const { rows } = await app.client.rows.find({ id: user['id'] ?? '' });
      expect(rows).toMatchObject([{ email: 'mended@example.com' }]);
    });

    it('exports CSV, which undone of its neutralising equals the table', async () => {
      const folder = join(app.folder, 'exported');
      await mkdir(folder);
      const file = join(folder, 'usuários.csv');
      await goTo(page, say.rows);
      await button(page, say.exportCsv).click();
      const dialog = page.getByRole('dialog', { name: say.exportCsv });
      await dialog.getByRole('textbox', { name: screens.rows.export.file }).fill(file);
      await button(dialog, screens.rows.export.start).click();
      await dialog.getByText(/Exportado: /).waitFor();
      const exported = await readFile(file, 'utf8');
      // As Excel in Portuguese wants it.
      expect(exported.startsWith(`\uFEFF${userColumns.join(';')}\r\n`)).toBe(true);
      const cells: Record<string, string>[] = parse(exported, { bom: true, columns: true, delimiter: ';' });
      const undone = cells.map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, plain(cell)])),
      );
      const byId = (a: { id?: string | null }, b: { id?: string | null }): number =>
        String(a.id) < String(b.id) ? -1 : 1;
      expect(undone.sort(byId)).toEqual((await wholeTable()).sort(byId));
      await page.keyboard.press('Escape');
    });

    /** The table as Cassandra has it, read page by page. */
    async function wholeTable(): Promise<Record<string, string | null>[]> {
      const all: Record<string, string | null>[] = [];
      for (let next: string | undefined = ''; next !== undefined;) {
        const page_ = await app.client.rows.read({ limit: 1_000, ...(next !== '' && { page: next }) });
        all.push(...page_.rows);
        next = page_.next;
      }
      return all;
    }

    it('shows what was done, with its commands', async () => {
      await page.getByRole('contentinfo').getByRole('button').click();
      const drawer = page.getByRole('dialog', { name: say.activity });
      for (const text of [say.startStack, say.startProducing, say.putBack, say.exportCsv]) {
        await drawer.getByText(text, { exact: true }).first().waitFor();
      }
      expect(await drawer.getByText(/riacho .*produce .*--rate 50/).count()).toBe(1);
      await page.keyboard.press('Escape');
      await drawer.waitFor({ state: 'hidden' });
    });

    it('stops', { timeout: startMs }, async () => {
      await goTo(page, say.lab);
      await button(page, say.stopStack).click();
      await page.getByText(screens.frame.stackStates.stopped).waitFor({ timeout: startMs });
      expect((await app.client.stack.status()).stack).toBe('stopped');
    });

    it('asked nothing of the network but the picture of a user who was looked at', () => {
      expect(shown.foreign.filter((url) => !url.startsWith('https://randomuser.me/api/portraits/'))).toEqual(
        [],
      );
    });

    describe('again, in English, on what is there', () => {
      const { en: told } = named;
      let english: Shown;

      inSteps(() => (english ? [english] : []));
      beforeAll(async () => {
        english = await browser.show(app.router, { locale: 'en' });
      });
      afterAll(() => english?.close());

      it('starts, and append reads only what is new', { timeout: startMs }, async () => {
        const { page: now } = english;
        await button(now, told.startStack).click();
        await now.getByText(en.screens.frame.stackStates.healthy).waitFor({ timeout: startMs });
        const before = await app.client.topic.sum();
        await choose(now, told.mode, 'append');
        await button(now, told.startConsuming).click();
        await button(now, told.stopConsuming).waitFor();
        await choose(now, en.screens.lab.source, en.screens.lab.sources.offline);
        await now.getByRole('textbox', { name: en.screens.lab.rate }).fill('20');
        await now.getByRole('textbox', { name: en.screens.lab.duration }).fill('2');
        await button(now, told.startProducing).click();
        await watchSum(now, en.screens.frame.sum);
        await eventually('the new ones are read', async () => {
          const { producer, consumer, sum } = await frameNow();
          return producer?.state.status === 'done' && consumer?.waiting === 0 && sum?.waiting === 0;
        });
        const { consumer, producer, sum } = await frameNow();
        expect(producer?.produced).toBeGreaterThan(30);
        expect((consumer?.written ?? 0) + (consumer?.deadLetters ?? 0)).toBe(producer?.produced);
        expect(sum).toEqual({
          ...before,
          inTopic: before.inTopic + (producer?.produced ?? 0),
          written: before.written + (consumer?.written ?? 0),
          deadLetters: before.deadLetters + (consumer?.deadLetters ?? 0),
          waiting: 0,
        });
        expect((await seenSums(now)).wrong).toEqual([]);
      });

      it('shows messages, dead letters and rows, and stops', { timeout: startMs }, async () => {
        const { page: now } = english;
        await goTo(now, told.messages);
        await now.getByRole('grid', { name: en.screens.messages.list }).getByRole('row').last().click();
        await button(now, told.follow).click();
        const way = now.getByRole('dialog', { name: told.follow });
        await way.getByText(en.screens.follow.decision).waitFor();
        await now.keyboard.press('Escape');
        await way.waitFor({ state: 'hidden' });
        await now.getByRole('tab', { name: told.deadLetters }).click();
        await now
          .getByRole('grid', { name: en.screens.messages.lettersList })
          .getByRole('row')
          .nth(1)
          .click();
        await button(now, told.putBack).waitFor();
        await goTo(now, told.rows);
        const { rows } = await app.client.rows.size();
        await now.getByText(`${rows.toLocaleString('en')} rows`).waitFor();
        await button(now, told.exportCsv).waitFor();
        await button(now, told.stopStack).click();
        await now.getByText(en.screens.frame.stackStates.stopped).waitFor({ timeout: startMs });
        expect((await app.client.stack.status()).stack).toBe('stopped');
      });
    });
  });
}

/** A cell without the apostrophe that keeps a spreadsheet from running it. */
function plain(cell: string): string {
  return /^'[=+\-@\t\r＝＋－＠]/.test(cell) ? cell.slice(1) : cell;
}
