// Whoever uses a screen reader, a keyboard, or wants nothing to move: every screen in both themes, by axe; the flow by
// keys alone; no animation where the system asks for none.
import { describe, expect, it } from 'vitest';
import { ptBR } from '../../words/sentences/pt-br.ts';
import { eventually } from '../integration/lab.ts';
import { violations } from './axe.ts';
import {
  dockerStopped,
  dockerAway,
  dockerFailed,
  dockerFound,
  dockerHealthy,
  dockerLeftOut,
  dockerPulling,
  dockerUnhealthy,
  dockerWaiting,
} from './fed-docker.ts';
import { openFedLab, type FedLab } from './fed-router.ts';
import { stoppedStack, withDocker } from './fed-said.ts';
import { usePages } from './fixtures.ts';
import { tabTo, tabToRole } from './keyboard.ts';
import { places, withStack, type PlaceName } from './places.ts';
import { button } from './screens.ts';
import { named } from './words.ts';

const say = named['pt-BR'];
const { screens } = ptBR;

/** Keys of sentences that are in no language stand on the screen as they are. */
const bareKey = /\b(?:screens|errors|reasons|steps|states|sources|services|notices)\.[\w-]+(?:\.[\w-]+)*/;

describe('axe finds nothing to mend, in neither theme', () => {
  const show = usePages();

  /** What is to be mended on a place of this lab; a colour half-way to another would be measured as it is just then. */
  async function faultsOf(lab: FedLab, name: PlaceName): Promise<unknown[]> {
    const found: unknown[] = [];
    const { page } = await show(lab.router, { reducedMotion: 'reduce' });
    await places[name](page);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
      found.push(...(await violations(page)).map((violation) => ({ colorScheme, ...violation })));
    }
    const headings = await page.locator('h1').count();
    if (headings !== 1) found.push(`${headings} h1`);
    found.push(...((await page.locator('body').innerText()).match(bareKey) ?? []));
    return found;
  }

  it.each(withStack)('on %s', async (name) => {
    expect(await faultsOf(openFedLab({ rate: 50 }), name)).toEqual([]);
  });

  it.each(['lab', 'services', 'messages', 'letters', 'rows'] as const)(
    'on %s where nothing is there yet',
    async (name) => {
      expect(await faultsOf(openFedLab({ isEmpty: true }), name)).toEqual([]);
    },
  );

  it.each(['start', 'services', 'noMessages', 'noRows'] as const)('on %s without a stack', async (name) => {
    const lab = openFedLab();
    lab.said.stack = stoppedStack();
    expect(await faultsOf(lab, name)).toEqual([]);
  });

  const address = 'unix:///var/run/docker.sock';
  const away = dockerAway({ code: 'DOCKER_DENIED', params: { address } });
  const exited = { service: 'schema-registry', exitCode: 1, line: 'Broker may not be available.' };
  it.each([
    { place: 'start', is: 'away', stack: stoppedStack(), docker: away },
    { place: 'settings', is: 'away', stack: stoppedStack(), docker: away },
    { place: 'start', is: 'chosen', stack: dockerStopped() },
    { place: 'settings', is: 'chosen', stack: dockerStopped() },
    { place: 'starting', is: 'pulling', stack: dockerPulling() },
    { place: 'starting', is: 'waiting', stack: dockerWaiting() },
    {
      place: 'start',
      is: 'failed',
      stack: dockerFailed('schema-registry', { code: 'SERVICE_EXITED', params: exited }),
    },
    { place: 'services', is: 'pulling', stack: dockerPulling() },
    { place: 'services', is: 'healthy but for what was left out', stack: dockerLeftOut() },
    { place: 'services', is: 'unhealthy', stack: dockerUnhealthy('cassandra', 'Connection refused') },
    { place: 'lab', is: 'healthy', stack: dockerHealthy() },
    { place: 'aside', is: 'healthy', stack: dockerHealthy() },
    { place: 'dagRunLog', is: 'healthy', stack: dockerHealthy() },
    { place: 'airflowLogin', is: 'healthy', stack: dockerHealthy() },
    { place: 'schema', is: 'healthy', stack: dockerHealthy() },
  ] as const)('on $place where Docker is $is', async ({ place, stack, ...rest }) => {
    const lab = openFedLab({ rate: 50 });
    lab.said.stack = stack;
    lab.said.settings = { ...lab.said.settings, engine: stack.engine, docker: { profile: 'full' } };
    lab.said.engines = withDocker('docker' in rest ? rest.docker : dockerFound);
    expect(await faultsOf(lab, place)).toEqual([]);
  });
});

describe('without a mouse', () => {
  const show = usePages();

  it('the flow is done by keys alone, and the focus is always seen', async () => {
    const lab = openFedLab({ rate: 50, rows: 5_000 });
    lab.said.stack = stoppedStack();
    lab.said.runs = () => ({ sum: { inTopic: 0, skipped: 0, written: 0, deadLetters: 0, waiting: 0 } });
    const { page } = await show(lab.router);
    const called = (name: string) => lab.said.calls.filter((call) => call.name === name);
    await button(page, say.startStack).waitFor();

    await tabTo(page, say.startStack);
    await page.keyboard.press('Enter');
    await button(page, say.startProducing).waitFor();
    expect(called('stack.start')).toHaveLength(1);

    await tabTo(page, screens.lab.sources.auto);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await tabTo(page, screens.lab.rate);
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('50');
    await tabTo(page, screens.lab.spoiled);
    for (let percent = 0; percent < 10; percent += 1) await page.keyboard.press('ArrowRight');
    await tabTo(page, say.startProducing);
    await page.keyboard.press('Enter');
    await eventually('production was asked for', () => called('producer.start').length === 1, 5_000);
    expect(called('producer.start')[0]?.input).toMatchObject({
      source: 'offline',
      rate: 50,
      faultyPercent: 10,
    });
    await tabTo(page, say.startConsuming);
    await page.keyboard.press('Enter');
    await eventually('consumption was asked for', () => called('consumer.start').length === 1, 5_000);
    lab.said.runs = (flowing) => flowing;
    await button(page, say.stopProducing).waitFor();

    // A node opens by Enter, and Escape closes it.
    await tabTo(page, screens.lab.nodes.topic);
    await page.keyboard.press('Enter');
    const inspector = page.getByRole('complementary', { name: screens.lab.nodes.topic });
    await inspector.waitFor();
    await page.keyboard.press('Escape');
    await inspector.waitFor({ state: 'hidden' });

    await page.keyboard.press('3');
    await tabTo(page, screens.messages.list);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await tabTo(page, say.follow);
    await page.keyboard.press('Enter');
    const way = page.getByRole('dialog', { name: say.follow });
    await way.getByText(screens.follow.written, { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await way.waitFor({ state: 'hidden' });

    await page.keyboard.press('4');
    await tabTo(page, screens.rows.table);
    await tabToRole(page, 'grid', screens.rows.table);
    await page.keyboard.press('ArrowDown');
    await page.getByRole('complementary', { name: screens.rows.row }).waitFor();
    await page.keyboard.press('Escape');
    await tabTo(page, say.exportCsv);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: say.exportCsv });
    await dialog.waitFor();
    await tabTo(page, screens.rows.export.start);
    await page.keyboard.press('Enter');
    await eventually('the export was asked for', () => called('export.start').length === 1, 5_000);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });

    for (const [key, name] of [
      ['1', say.lab],
      ['2', say.services],
      ['5', say.settings],
    ] as const) {
      await page.keyboard.press(key);
      await page.getByRole('heading', { level: 1, name, exact: true }).waitFor({ state: 'attached' });
    }
  });
});

describe('a switch that cannot be changed', () => {
  const show = usePages();

  it('shows whether it is on, in both themes', async () => {
    const { page } = await show(openFedLab({ rate: 50 }).router, { reducedMotion: 'reduce' });
    const isOn = {
      source: 'offline',
      rate: 50,
      seconds: 60,
      isMax: true,
      isEndless: false,
      spoiledPercent: 0,
    };
    await page.evaluate((form) => localStorage.setItem('riacho-producer', form), JSON.stringify(isOn));
    await page.reload();
    await button(page, say.stopProducing).waitFor();
    const groundOf = (name: string): Promise<string> =>
      page
        .getByRole('switch', { name, disabled: true })
        .evaluate((input) => getComputedStyle(input.nextElementSibling ?? input).backgroundColor);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
      expect(await groundOf(screens.lab.rateMax)).not.toBe(await groundOf(screens.lab.untilStopped));
    }
  });
});

describe('where the system asks for no motion', () => {
  const show = usePages();

  it('nothing runs on any screen while data flows', async () => {
    const lab = openFedLab({ rate: 5_000 });
    const { page } = await show(lab.router, { reducedMotion: 'reduce' });
    for (const name of ['lab', 'services', 'messages', 'rows', 'settings'] as const) {
      await places[name](page);
      const running = await page.evaluate(async () => {
        const seen: string[] = [];
        for (let frame = 0; frame < 60; frame += 1) {
          await new Promise((resolve) => requestAnimationFrame(resolve));
          for (const animation of document.getAnimations()) {
            const { target } = animation.effect as KeyframeEffect;
            if (animation.playState === 'running') seen.push(target?.className ?? 'document');
          }
        }
        return [...new Set(seen)];
      });
      expect({ name, running }).toEqual({ name, running: [] });
    }
  });

  it('and where it does not, drops move', async () => {
    const { page } = await show(openFedLab({ rate: 50 }).router);
    await places.lab(page);
    await eventually(
      'drops move',
      () => page.evaluate(() => document.getAnimations().some(({ playState }) => playState === 'running')),
      10_000,
    );
    expect(await page.locator('[data-edge]').count()).toBe(5);
  });
});
