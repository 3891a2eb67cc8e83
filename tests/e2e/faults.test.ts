// Faults as a person meets them: what is said stands on the screen in both languages, nothing hangs, and what can go on
// goes on by itself. A picture of each goes to RIACHO_SHOTS.
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunsFrame } from '../../contract/contract.ts';
import { openSmallDisk } from '../../pipeline/testing/small-disk.ts';
import type { Fault } from '../../words/errors.ts';
import { sumHolds } from '../../words/runs.ts';
import type { ServiceName } from '../../words/stack.ts';
import { eventually, startCli } from '../integration/lab.ts';
import { deadPort, pathOf, without } from '../integration/machine.ts';
import { openBrowser, type Browser } from './browser.ts';
import { openBoth, said, sentences, untilSaid, wordsOf, type BothPages } from './fault-pages.ts';
import { dockerStopped, dockerAway, dockerFailed } from './fed-docker.ts';
import { openFedLab } from './fed-router.ts';
import { withDocker } from './fed-said.ts';
import { openRealApp, type RealApp } from './harness.ts';
import { builtPage } from './page-build.ts';
import { button, card, choose, goTo } from './screens.ts';
import { inSteps, picture } from './story.ts';
import { languages, named } from './words.ts';

const startMs = 90_000;
const { screens } = sentences['pt-BR'];
const say = named['pt-BR'];

describe('before a lab is at work', () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'riacho-e2e-poor-'));
    browser = await openBrowser();
    await builtPage();
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it.each(languages)('Java missing: said where it is tried, in %s', async (locale) => {
    const path = await pathOf(join(folder, `empty ${locale}`), []);
    const env = { ...without('java'), PATH: path, JAVA_HOME: join(folder, 'none') };
    const program = startCli(['serve', '--json', '--data-dir', join(folder, locale)], { env });
    const { url } = await program.event(({ event }) => event === 'serving');
    const shown = await browser.visit(String(url), { locale });
    try {
      await button(shown.page, named[locale].startStack).click();
      await untilSaid(shown.page, locale, 'NO_JAVA');
      expect(await button(shown.page, named[locale].startStack).isEnabled()).toBe(true);
      await picture(shown.page, `fault java missing ${locale}`);
      expect(shown.takeProblems()).toEqual([]);
    } finally {
      await shown.close();
      program.process.kill('SIGINT');
      await program.ended;
    }
  });

  it('settings that cannot be read: said, and the app works with the usual ones', async () => {
    const app = await openRealApp({
      async prepare(dataDir) {
        await mkdir(dataDir, { recursive: true });
        await writeFile(join(dataDir, 'settings.json'), '{ "theme": 7');
      },
    });
    const both = await openBoth(browser, app.router);
    try {
      await both.look('settings unreadable', async (page, language) => {
        await button(page, named[language].startStack).waitFor();
        await page.getByRole('contentinfo').getByRole('button').click();
        await untilSaid(page, language, 'SETTINGS_UNREADABLE');
        await page.keyboard.press('Escape');
        await goTo(page, named[language].settings);
        await untilSaid(page.locator('main'), language, 'SETTINGS_UNREADABLE');
      });
      expect((await app.client.settings.read()).theme).toBe('system');
      // What is set from now on is written whole.
      await app.client.settings.save({ theme: 'dark' });
      await both.page.locator('main').getByRole('alert').waitFor({ state: 'hidden' });
      expect(both.list.flatMap((shown) => shown.takeProblems())).toEqual([]);
    } finally {
      await both.close();
      await app.close();
    }
  });

  it('a full disk and a service that fails, as a lab says that has them', async () => {
    const { router, said: lab } = openFedLab({ rate: 50 });
    const both = await openBoth(browser, router);
    const file = '/media/ana/stick/users.csv';
    lab.export = { status: 'running', rows: 9, bytes: 9, file };
    await both.look('disk full, fed', async (page, language) => {
      await goTo(page, named[language].rows);
      await button(page, named[language].exportCsv).click();
      const dialog = page.getByRole('dialog', { name: named[language].exportCsv });
      await dialog.getByRole('progressbar').waitFor();
      lab.export = { ...lab.export, status: 'failed', fault: { code: 'DISK_FULL', params: { path: file } } };
      await untilSaid(dialog, language, 'DISK_FULL');
      lab.export = { ...lab.export, status: 'running' };
    });
    const params = { service: 'cassandra', line: 'java.lang.OutOfMemoryError', log: '/logs/cassandra.log' };
    lab.stack = {
      ...lab.stack,
      stack: 'failed',
      services: lab.stack.services.map((one) =>
        one.name === 'cassandra'
          ? { ...one, state: 'failed' as const, fault: { code: 'SERVICE_FAILED' as const, params } }
          : one,
      ),
    };
    await both.look('service failed, fed', async (page, language) => {
      await page.keyboard.press('Escape');
      await goTo(page, named[language].lab);
      await untilSaid(page, language, 'SERVICE_FAILED');
    });
    expect(both.list.flatMap((shown) => shown.takeProblems())).toEqual([]);
    await both.close();
  });

  it('whatever Docker may refuse: what, why and what to do, as a lab says that meets it', async () => {
    const lab = openFedLab({ rate: 50 });
    lab.said.settings = { ...lab.said.settings, engine: 'docker' };
    const both = await openBoth(browser, lab.router);
    for (const fault of engineFaults) {
      lab.said.engines = withDocker(dockerAway(fault));
      lab.said.stack = dockerStopped();
      await both.look(`docker ${fault.code}, fed`, async (page, language) => {
        await goTo(page, named[language].settings);
        for (const words of said(language, fault.code)) await page.getByText(words).first().waitFor();
        await goTo(page, named[language].lab);
        for (const words of said(language, fault.code)) await page.getByText(words).first().waitFor();
      });
    }
    lab.said.engines = withDocker();
    for (const fault of startFaults) {
      lab.said.refuse['stack.start'] = fault;
      await both.look(`docker ${fault.code}, fed`, async (page, language) => {
        await button(page, named[language].startStack).click();
        await untilSaid(page, language, fault.code);
      });
    }
    for (const fault of serviceFaults) {
      lab.said.stack = dockerFailed('cassandra', fault);
      await both.look(`docker ${fault.code}, fed`, async (page, language) => {
        await goTo(page, named[language].services);
        await untilSaid(page.getByRole('listitem', { name: 'Cassandra' }), language, fault.code);
        await goTo(page, named[language].lab);
        await untilSaid(page, language, fault.code);
        expect(await button(page, named[language].startStack).isEnabled()).toBe(true);
      });
    }
    expect(both.list.flatMap((shown) => shown.takeProblems())).toEqual([]);
    await both.close();
  });
});

const address = 'unix:///var/run/docker.sock';
const path = '/opt/riacho/compose/docker-compose.yml';
const image = 'confluentinc/cp-schema-registry:7.4.0';
const service = 'cassandra';
/** Why Docker cannot be chosen. */
const engineFaults: Fault[] = [
  { code: 'DOCKER_MISSING', params: { detail: `${address}, unix:///home/ana/.docker/run/docker.sock` } },
  { code: 'DOCKER_NOT_RUNNING', params: { address, detail: 'ECONNREFUSED' } },
  { code: 'DOCKER_DENIED', params: { address } },
  { code: 'DOCKER_TOO_OLD', params: { version: '18.09.1', wanted: '20.10' } },
];
/** Why nothing was begun, or what was begun was taken back. */
const startFaults: Fault[] = [
  { code: 'NOT_ENOUGH_MEMORY', params: { wanted: 5, found: 2 } },
  { code: 'SERVICE_PORT_TAKEN', params: { service, port: 9_042, holder: 'my-cassandra (Docker)' } },
  { code: 'DOCKER_DISK_FULL', params: { detail: 'write /var/lib/docker/tmp: no space left on device' } },
  { code: 'DOCKER_REFUSED', params: { detail: 'driver failed programming external connectivity' } },
  { code: 'COMPOSE_UNREADABLE', params: { path, detail: 'line 12: bad indentation' } },
  { code: 'COMPOSE_UNKNOWN_KEY', params: { path, key: 'services.broker.privileged' } },
  { code: 'IMAGE_NOT_FOUND', params: { image } },
  { code: 'IMAGE_LIMIT', params: { image } },
  {
    code: 'IMAGE_UNREACHABLE',
    params: { image, detail: 'dial tcp: lookup registry-1.docker.io: no such host' },
  },
  { code: 'IMAGE_BUILD_FAILED', params: { service: 'airflow-webserver', line: 'pip: no matching version' } },
];
/** What becomes of a service. */
const serviceFaults: Fault[] = [
  { code: 'SERVICE_EXITED', params: { service, exitCode: 3, line: 'Exception: Invalid yaml' } },
  { code: 'SERVICE_UNHEALTHY', params: { service, line: 'Connection refused' } },
  { code: 'SERVICE_OUT_OF_MEMORY', params: { service, limit: 1_280 } },
  { code: 'SERVICE_REMOVED', params: { service } },
  { code: 'SERVICE_NAME_TAKEN', params: { service, name: 'cassandra' } },
];

describe('while a lab is at work', () => {
  let browser: Browser;
  let app: RealApp;
  let both: BothPages;

  inSteps(() => both?.list ?? []);
  beforeAll(async () => {
    // Before anything of the app looks up a name.
    process.env['RIACHO_TEST_WITHOUT'] = 'api';
    await import('../integration/machine-without.ts');
    app = await openRealApp();
    browser = await openBrowser();
    both = await openBoth(browser, app.router);
  });
  afterAll(async () => {
    await both?.close();
    await browser?.close();
    await app?.close();
  });

  const frameNow = async (): Promise<RunsFrame> => (await app.client.runs.next({ after: 0 })).frame;

  async function pidOf(name: ServiceName): Promise<number> {
    const { services } = await app.client.stack.status();
    return services.find((service) => service.name === name && service.state === 'healthy')?.pid ?? 0;
  }

  it('a port is taken: another one is used, and said', { timeout: startMs }, async () => {
    const port = await deadPort();
    const taken = createServer().listen(port, '127.0.0.1');
    await once(taken, 'listening');
    await app.client.settings.save({ ports: { kafka: port, cassandra: await deadPort() } });
    await button(both.page, say.startStack).click();
    await both.look('port taken', (page) => page.getByText(String(port)).first().waitFor());
    await both.page.getByText(screens.frame.stackStates.healthy).waitFor({ timeout: startMs });
    taken.close();
    expect(await pidOf('kafka')).toBeGreaterThan(0);
  });

  it('randomuser.me is out of reach: said once, and generated users take their place', async () => {
    const { page } = both;
    await choose(page, screens.lab.source, screens.lab.sources.auto);
    await page.getByRole('textbox', { name: screens.lab.rate }).fill('60');
    await page.getByRole('switch', { name: screens.lab.untilStopped }).check();
    await button(page, say.startConsuming).click();
    await button(page, say.stopConsuming).waitFor();
    await button(page, say.startProducing).click();
    await both.look('randomuser unreachable', (one, language) => {
      const [words = ''] = wordsOf(sentences[language].screens.lab.fellBack);
      return one.getByText(words).waitFor({ timeout: 30_000 });
    });
    await eventually('records flow all the same', async () => ((await frameNow()).sum?.written ?? 0) > 0);
    expect((await frameNow()).producer?.origin).toBe('offline');
  });

  it.each([
    { service: 'kafka', code: 'BROKER_UNREACHABLE', waiting: ['producer', 'consumer'] },
    { service: 'cassandra', code: 'CASSANDRA_UNREACHABLE', waiting: ['consumer'] },
  ] as const)(
    '$service is killed from outside: it is said on whatever waits for it, and the run goes on by itself',
    { timeout: startMs },
    async ({ service, code, waiting }) => {
      const pid = await pidOf(service);
      const seen = both.look(`${service} killed`, (page, language) =>
        Promise.all(
          waiting.map(async (run) => {
            const node = page.locator(`[data-node="${run}"]`);
            await node.getByText(sentences[language].waiting[service]).waitFor();
            await untilSaid(card(page, named[language][run]), language, code);
          }),
        ),
      );
      process.kill(pid, 'SIGKILL');
      await seen;
      await eventually(`${service} is back`, async () => ![0, pid].includes(await pidOf(service)));
      const { producer } = await frameNow();
      await eventually('what was produced since then becomes rows', async () => {
        const { consumer, sum } = await frameNow();
        const rows = sum?.written ?? 0;
        return consumer?.state.status === 'running' && rows > (producer?.produced ?? 0);
      });
      const consumer = both.page.locator('[data-node="consumer"]');
      await consumer.getByText(screens.lab.runStates.running).waitFor();
      const { sum } = await frameNow();
      expect(sum && sumHolds(sum)).toBe(true);
    },
  );

  it('the disk is full at an export: said, and nothing is left there', async () => {
    const disk = openSmallDisk(64);
    // Where no disk may be made, a device stands for one that takes nothing.
    const { file, code } = disk.isMounted
      ? ({ file: join(disk.folder, 'users.csv'), code: 'DISK_FULL' } as const)
      : ({ file: '/dev/full', code: 'EXPORT_UNWRITABLE' } as const);
    try {
      const enough = async (): Promise<boolean> => (await app.client.rows.size()).rows > 500;
      await eventually('rows for more than the disk holds', enough);
      await goTo(both.page, say.rows);
      await button(both.page, say.exportCsv).click();
      const dialog = both.page.getByRole('dialog', { name: say.exportCsv });
      await dialog.getByRole('textbox', { name: screens.rows.export.file }).fill(file);
      await button(dialog, screens.rows.export.start).click();
      await untilSaid(dialog, 'pt-BR', code);
      await picture(both.page, 'fault disk full pt-BR');
      expect(await readdir(disk.folder)).toEqual([]);
      await both.page.keyboard.press('Escape');
    } finally {
      disk.remove();
    }
  });

  it('the line to the app is lost, and found again', async () => {
    await goTo(both.page, say.lab);
    for (const { line, ...shown } of both.list) {
      shown.expect(/WebSocket connection|Failed to load/);
      line.cut();
    }
    await both.look('connection lost', (page, language) => untilSaid(page, language, 'CONNECTION_LOST'));
    for (const { line } of both.list) line.mend();
    const [words = ''] = said('pt-BR', 'CONNECTION_LOST');
    await both.page.getByRole('alert').getByText(words).waitFor({ state: 'hidden' });
    expect((await frameNow()).producer?.state.status).toBe('running');
  });
});
