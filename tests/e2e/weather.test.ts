// The weather lab in the window, on the real app and without a stack: from the first press to the CSV, what may fail on
// the way, and as much of it as a few years bring.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { WeatherDatabase } from '../../pipeline/weather/database.ts';
import { weatherAt } from '../../pipeline/weather/offline.ts';
import { ptBR } from '../../words/sentences/pt-br.ts';
import { capitals } from '../../words/weather-facts.ts';
import { eventually } from '../integration/lab.ts';
import { violations } from './axe.ts';
import { usePages } from './fixtures.ts';
import { openRealApp, type RealApp } from './harness.ts';
import { tabTo } from './keyboard.ts';
import { button, choose, node } from './screens.ts';

const { screens, errors } = ptBR;
const { weather: words } = screens;
const quarter = 900_000;

const made: { app?: RealApp } = {};
afterEach(async () => {
  await made.app?.close();
});

/** The app, with so many quarters of an hour in its database. */
async function openApp(quarters = 0): Promise<RealApp> {
  const app = await openRealApp({
    async prepare(dataDir) {
      await mkdir(dataDir, { recursive: true });
      if (quarters === 0) return;
      const database = new WeatherDatabase(join(dataDir, 'weather.sqlite'));
      const last = Math.floor(Date.now() / quarter) * quarter - quarter;
      const times = Array.from({ length: quarters }, (_, index) => last - index * quarter);
      await database.write(times.flatMap((at) => capitals.map((place) => weatherAt(place, at))));
      database.close();
    },
  });
  made.app = app;
  return app;
}

async function openWeather(page: Page): Promise<void> {
  await choose(page, screens.frame.labs, 'weather');
  await node(page, words.nodes.csv).waitFor();
}

const rowsOf = (page: Page) => page.getByRole('grid', { name: words.table }).getByRole('row');
const said = (code: keyof typeof errors): string => errors[code].what.split('{{')[0] ?? '';

describe('the weather lab', () => {
  const show = usePages();

  it('is chosen by keys, and is there again after a reload', async () => {
    const { router } = await openApp();
    const { page } = await show(router);
    await tabTo(page, 'users');
    await page.keyboard.press('ArrowRight');
    await node(page, words.nodes.database).waitFor();
    await page.getByText(words.emptyText).waitFor();
    await page.reload();
    await page.getByText(words.emptyText).waitFor();
    await choose(page, screens.frame.labs, 'users');
    await button(page, screens.frame.startStack).waitFor();
    expect(await node(page, words.nodes.database).count()).toBe(0);
  });

  it('brings rows without a network, says once that they are generated, and exports them', async () => {
    const app = await openApp();
    const { page } = await show(app.router);
    await openWeather(page);
    await button(page, words.start).click();
    await page.getByText(/Open-Meteo está fora do alcance/).waitFor();
    await page.getByText(/^Próxima extração em 1[45] min/).waitFor();
    await rowsOf(page).nth(capitals.length).waitFor();
    await node(page, words.nodes.api).getByText(words.origins.offline).waitFor();
    await page.getByText(words.licence).waitFor();
    // The same quarter of an hour again changes nothing.
    await button(page, words.runNow).click();
    await page.getByText(`7 ${words.added} · 7 ${words.known}`).waitFor();
    expect(await rowsOf(page).count()).toBe(capitals.length + 1);

    await button(page, screens.rows.exportCsv).last().click();
    const dialog = page.getByRole('dialog', { name: screens.rows.exportCsv });
    const file = join(app.folder, 'clima.csv');
    await dialog.getByRole('textbox', { name: screens.rows.export.file }).fill(file);
    await button(dialog, screens.rows.export.start).click();
    await dialog.getByText(/Exportado: 7 linhas/).waitFor();
    // Once more, which ends exactly alike.
    await button(dialog, screens.rows.export.again).click();
    await button(dialog, screens.rows.export.start).click();
    await dialog.getByText(/Exportado: 7 linhas/).waitFor();
    const [head, first] = (await readFile(file, 'utf8')).split('\r\n');
    expect(head).toBe(
      '\uFEFFplace;time;temperature_c;wind_speed_kmh;weather_code;condition;humidity_pct;visibility_m',
    );
    expect(first).toMatch(/^Manaus;\d{4}-\d\d-\d\dT\d\d:(?:00|15|30|45):00Z;/);
  });

  it('goes on while nobody looks, and is seen by whoever looks next', async () => {
    const app = await openApp();
    const first = await show(app.router);
    await openWeather(first.page);
    await first.page.getByText(words.sources.offline, { exact: true }).click();
    await first.page.getByText('5 s', { exact: true }).click();
    await button(first.page, words.start).click();
    await rowsOf(first.page).nth(capitals.length).waitFor();
    await first.close();
    const before = await app.client.weather.next({ after: 0 });
    await eventually('it went on', async () => {
      const { frame } = await app.client.weather.next({ after: before.version });
      return frame.runs > before.frame.runs;
    });
    const second = await show(app.router);
    await openWeather(second.page);
    await button(second.page, words.stop).click();
    await second.page.getByText(words.states.off, { exact: true }).waitFor();
    await button(second.page, words.start).waitFor();
    expect((await app.client.weather.next({ after: 0 })).frame.state).toEqual({ status: 'off' });
  });

  it('takes places by name and coordinates, says which it does not know, and lets them go', async () => {
    const app = await openApp();
    const { page } = await show(app.router);
    await openWeather(page);
    await page.getByText(words.sources.offline, { exact: true }).click();
    const input = page.getByRole('textbox', { name: words.addPlace });
    await input.fill('Nenhures');
    await page.keyboard.press('Enter');
    await page.getByText(errors.PLACE_UNKNOWN.what.replace('{{place}}', 'Nenhures')).waitFor();
    await input.fill('-91,0');
    await page.keyboard.press('Enter');
    await page.getByText(said('BAD_INPUT')).waitFor();
    await input.fill('-5.79447,-35.211; recife');
    await page.keyboard.press('Enter');
    const natal = '-5.7945, -35.2110';
    await button(page, words.remove.replace('{{place}}', natal)).waitFor();
    await button(page, words.remove.replace('{{place}}', 'Manaus')).click();
    await button(page, words.runNow).first().click();
    // Recife is there already: seven capitals and one more, without Manaus.
    await rowsOf(page).nth(7).waitFor();
    expect(await rowsOf(page).count()).toBe(8);
    await rowsOf(page).filter({ hasText: natal }).waitFor();
    await button(page, words.usualPlaces).click();
    await button(page, words.remove.replace('{{place}}', 'Manaus')).waitFor();
  });

  it('says that another program holds the database, loses nothing, and goes on', async () => {
    const app = await openApp(1);
    const { page } = await show(app.router);
    await openWeather(page);
    await page.getByText(words.sources.offline, { exact: true }).click();
    const other = new DatabaseSync(join(app.dataDir, 'weather.sqlite'));
    other.exec('BEGIN IMMEDIATE');
    await button(page, words.start).click();
    await page.getByText(said('DATABASE_LOCKED')).waitFor();
    await page.getByText(`7 ${words.pending}`, { exact: false }).waitFor();
    other.exec('ROLLBACK');
    other.close();
    await page.getByText(`7 ${words.added}`, { exact: false }).waitFor();
    await page.getByText(/^Próxima extração em/).waitFor();
    expect(await page.getByText(said('DATABASE_LOCKED')).count()).toBe(0);
    expect(await app.client.weather.rows({ limit: 1 })).toMatchObject({ total: 14 });
  });

  it('holds 100,000 rows: those in sight are drawn, and any other is a press away', async () => {
    const app = await openApp(14_286);
    const { page } = await show(app.router);
    await openWeather(page);
    await node(page, words.nodes.database).getByText('100.002').waitFor();
    await choose(page, words.range, words.ranges.all);
    const grid = page.getByRole('grid', { name: words.table });
    await page.locator('[aria-rowcount="100003"]').waitFor();
    await grid.focus();
    await grid.evaluate((element) => {
      element.scrollTop = element.scrollHeight;
    });
    // The oldest quarter of an hour, its southernmost place last.
    await expect.poll(() => rowsOf(page).last().getAttribute('aria-rowindex')).toBe('100003');
    await rowsOf(page).last().getByText('Porto Alegre').waitFor();
    expect(await rowsOf(page).count()).toBeLessThan(60);
    expect(await page.locator('figure canvas').count()).toBe(4);
    const { bytes, rows } = await exported(app);
    expect(rows).toBe(100_002);
    expect(bytes).toBeGreaterThan(4_000_000);
  });

  it('has nothing for axe to mend, in neither theme, empty or full', async () => {
    const found: unknown[] = [];
    for (const quarters of [0, 8]) {
      const app = await openApp(quarters);
      const { page } = await show(app.router, { reducedMotion: 'reduce' });
      await openWeather(page);
      await (
        quarters === 0 ? page.getByText(words.emptyText) : page.locator('figure canvas').first()
      ).waitFor();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
        found.push(...(await violations(page)).map((violation) => ({ quarters, colorScheme, ...violation })));
      }
      expect(await page.locator('h1').count()).toBe(1);
      await app.close();
    }
    expect(found).toEqual([]);
  });
});

async function exported({ client, folder }: RealApp): Promise<{ rows: number; bytes: number }> {
  await client.weather.export.start({ file: join(folder, 'all.csv') });
  for (let after = 0; ;) {
    const { version, frame } = await client.weather.export.next({ after });
    if (frame.status === 'done') return frame;
    if (frame.fault) throw new Error(frame.fault.code);
    after = version;
  }
}
