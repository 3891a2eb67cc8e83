// The course's DAG on a real Airflow, from the window and the terminal: users from an API arrive in topic and table, a
// dead API fails where it is seen, and what keeps Airflow away is told with the way out.
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { trace, traceHeader } from '../../words/runs.ts';
import { userColumns } from '../../words/users.ts';
import { en } from '../../words/sentences/en.ts';
import { ptBR } from '../../words/sentences/pt-br.ts';
import { openBrowser, type Browser, type Shown } from '../e2e/browser.ts';
import { openRealApp, type RealApp } from '../e2e/harness.ts';
import { button } from '../e2e/screens.ts';
import { inSteps } from '../e2e/story.ts';
import { cli, eventually, testData, type Ended } from '../integration/lab.ts';
import { docker, expectNoStack, removeStack } from './stack.ts';

const { screens } = ptBR;
const words = screens.airflow;
const webserver = 'dsaservidor-airflow-webserver-1';

/** An API that has as many users as it is asked for, at an address that containers of the stack reach. */
async function openApi(): Promise<{ url: string; deadUrl: string; server: Server }> {
  const { results } = z
    .object({ results: z.array(z.unknown()) })
    .parse(JSON.parse(await readFile(testData('randomuser-answer.json'), 'utf8')));
  const server = createServer(({ url = '' }, response) => {
    const wanted = Number(new URL(url, 'http://api').searchParams.get('results'));
    const users = Array.from({ length: wanted }, (_, index) => results[index % results.length]);
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ results: users }));
  });
  await new Promise<void>((resolve) => void server.listen(0, '0.0.0.0', resolve));
  const address = server.address();
  const format = '{{(index .IPAM.Config 0).Gateway}}';
  const host = await docker('network', 'inspect', 'dsaservidor_dsacademy', '--format', format);
  const port = typeof address === 'object' && address ? address.port : 0;
  return { url: `http://${host}:${port}/api/`, deadUrl: `http://${host}:1/api/`, server };
}

describe('the DAG on Airflow', () => {
  let app: RealApp;
  let api: Awaited<ReturnType<typeof openApi>>;
  let browser: Browser;
  let shown: Shown;
  let page: Page;
  let panel: Locator;

  inSteps(() => (shown ? [shown] : []));
  beforeAll(async () => {
    await expectNoStack();
    app = await openRealApp({
      async prepare(dataDir) {
        await mkdir(dataDir, { recursive: true });
        const settings = { engine: 'docker', docker: { profile: 'airflow' } };
        await writeFile(join(dataDir, 'settings.json'), JSON.stringify(settings));
      },
    });
    await app.client.stack.start({ leaveRunning: true });
    await app.client.consumer.start({ mode: 'initial' });
    api = await openApi();
    browser = await openBrowser();
    shown = await browser.show(app.router);
    ({ page } = shown);
    panel = page.getByRole('complementary', { name: screens.lab.nodes.airflow });
  });
  afterAll(async () => {
    await shown?.close();
    await browser?.close();
    api?.server.close();
    await app?.close();
    await removeStack();
  });

  const airflow = (...args: string[]): Promise<Ended> =>
    cli(['airflow', ...args, '--lang', 'en', '--data-dir', app.dataDir]);
  const newest = (): Locator => panel.getByRole('region', { name: words.runs }).getByRole('listitem').first();

  async function trigger(seconds: number, url: string): Promise<void> {
    await panel.getByRole('textbox', { name: words.duration }).fill(String(seconds));
    await panel.getByRole('textbox', { name: words.address }).fill(url);
    await button(panel, words.trigger).click();
  }

  it('is paused and has no runs, as the stack begins it', async () => {
    await button(page, screens.lab.nodes.airflow).click();
    await panel.getByText(words.noRunsText).waitFor();
    expect(await panel.getByText(words.planOff).count()).toBe(1);
    expect(await panel.getByRole('switch', { name: words.plan }).isChecked()).toBe(false);
  });

  it('is triggered from the window, and its users arrive in topic and table', async () => {
    await trigger(4, api.url);
    await newest().getByText(words.states.success, { exact: true }).waitFor({ timeout: 60_000 });
    await eventually('all is read', async () => {
      const { inTopic, waiting } = await app.client.topic.sum();
      return inTopic > 0 && waiting === 0;
    });
    const sum = await app.client.topic.sum();
    // 10 a second, for 4 seconds; a busy machine may not get to the last ones in time.
    expect(sum.inTopic).toBeGreaterThanOrEqual(30);
    expect(sum.inTopic).toBeLessThanOrEqual(40);
    expect(sum).toMatchObject({ written: sum.inTopic, deadLetters: 0, skipped: 0 });
    expect(await app.client.rows.count()).toBe(sum.inTopic);
    const { messages } = await app.client.messages.read({ from: { at: 'beginning' }, limit: 100 });
    for (const { key, value, headers } of messages) {
      const sent = z.record(z.string(), z.string()).parse(JSON.parse(value?.content ?? ''));
      expect(Object.keys(sent)).toEqual([...userColumns]);
      expect(key?.content).toBe(sent['id']);
      const header = headers.find(({ name }) => name === traceHeader);
      expect(trace.parse(JSON.parse(header?.value ?? '')).source).toBe('randomuser');
    }
    expect(messages).toHaveLength(sum.inTopic);
  });

  it('had one run for one press, though that of its plan was due', async () => {
    const { events } = await airflow('runs', '--json');
    expect(events.map(({ event }) => event)).toEqual(['dag', 'run']);
    expect(events).toMatchObject([
      { isPaused: false, total: 1 },
      { state: 'success', kind: 'manual' },
    ]);
  });

  it('shows the log of a run, one click away', async () => {
    await button(newest(), words.openLog).click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByRole('log')
      .getByText(/INFO - sent \d+, acknowledged \d+, failed 0/)
      .waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await panel.isVisible()).toBe(true);
  });

  it('is triggered from the terminal, where a dead API fails with its reason, as it does in the window', async () => {
    const { code, stderr, stdout } = await airflow(
      'trigger',
      '--for',
      '2s',
      '--url',
      api.deadUrl,
      '--follow',
    );
    expect(code).toBe(1);
    const reason = `the API at ${api.deadUrl} does not answer as it should`;
    expect(stderr).toContain(en.errors.AIRFLOW_RUN_FAILED.what.replace('{{line}}', reason));
    expect(stderr).toContain('Connection refused');
    expect(stdout).toMatch(/ERROR - the API failed: .*asking again in/);
    await newest().getByRole('alert').getByText(reason).waitFor();
  });

  it('is stopped in the middle of a run, whose task then ends', async () => {
    await trigger(60, api.url);
    await newest().getByText(words.states.running, { exact: true }).waitFor({ timeout: 30_000 });
    await button(newest(), words.openLog).click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByRole('log')
      .getByText(/fetched \d+ users/)
      .waitFor({ timeout: 30_000 });
    await page.keyboard.press('Escape');
    await button(newest(), words.stop).click();
    await newest().getByText(words.states.failed, { exact: true }).waitFor({ timeout: 30_000 });
    // It was wanted: nothing is said to have gone wrong.
    expect(await newest().getByRole('alert').count()).toBe(0);
    await eventually('its task has ended', async () =>
      (await airflow('logs')).stdout.includes('INFO - sent '),
    );
  });

  it('is out of reach with another password, until the command that the sentence names', async () => {
    const reset = `airflow users reset-password -u admin -p`;
    await docker('exec', webserver, 'bash', '-c', `${reset} another-one`);
    const { stderr, code } = await airflow('runs');
    expect(code).toBe(1);
    expect(stderr).toContain(en.errors.AIRFLOW_DENIED.what.replace('{{user}}', 'admin'));
    await panel.getByRole('alert').waitFor();
    const command = /bash -c '(.*)'/.exec(stderr)?.[1] ?? '';
    expect(command).toContain(reset);
    await docker('exec', webserver, 'bash', '-c', command);
    await newest().waitFor();
  });

  it('hands out user and password, which open Airflow’s page', async () => {
    await panel.getByRole('tab', { name: screens.lab.actions }).click();
    await button(panel, words.login).click();
    const password = await panel.getByLabel(words.password, { exact: true }).inputValue();
    const login = Buffer.from(`admin:${password}`).toString('base64');
    const answer = await fetch('http://localhost:8080/api/v1/dags', {
      headers: { authorization: `Basic ${login}` },
    });
    expect(answer.status).toBe(200);
    expect((await airflow('login')).stdout).toContain(password);
    const log = await readFile((await app.client.host.info()).logFile, 'utf8');
    expect(log).not.toContain(password);
    await panel.getByRole('tab', { name: words.tab }).click();
  });

  it('is not ready while its scheduler is stopped, and says which it waits for', async () => {
    await app.client.services.stop({ service: 'airflow-scheduler' });
    await panel.getByText(ptBR.services['airflow-scheduler'], { exact: false }).waitFor();
    const { stderr } = await airflow('trigger');
    expect(stderr).toContain(
      en.errors.AIRFLOW_NOT_READY.what.replace('{{service}}', en.services['airflow-scheduler']),
    );
    await app.client.services.restart({ service: 'airflow-scheduler' });
    await newest().waitFor({ timeout: 30_000 });
  });
});
