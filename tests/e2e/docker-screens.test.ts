// The screens on a Docker stack, as a fed lab has one: what is chosen, what is seen on the way, and where a person gets
// from there. The real engine's turn is in the flow.
import { describe, expect, it } from 'vitest';
import type { ConsumerFrame } from '../../words/runs.ts';
import { ptBR } from '../../words/sentences/pt-br.ts';
import { eventually } from '../integration/lab.ts';
import {
  dockerStopped,
  dockerHealthy,
  dockerLeftOut,
  dockerPulling,
  dockerUnhealthy,
  dockerWaiting,
} from './fed-docker.ts';
import { openFedLab, type FedLab } from './fed-router.ts';
import { stoppedStack, withDocker } from './fed-said.ts';
import { usePages } from './fixtures.ts';
import { button, goTo, node, panel } from './screens.ts';
import { named } from './words.ts';

const say = named['pt-BR'];
const { screens, services } = ptBR;

function dockerLab(stack = dockerStopped()): FedLab {
  const lab = openFedLab({ rate: 50 });
  lab.said.engines = withDocker();
  lab.said.stack = stack;
  lab.said.settings = { ...lab.said.settings, engine: stack.engine, docker: { profile: 'light' } };
  return lab;
}

const restarted = ({ said }: FedLab): unknown[] =>
  said.calls.filter(({ name }) => name === 'services.restart').map(({ input }) => input);

describe('a Docker stack in the window', () => {
  const show = usePages();

  it('is chosen with its profile, and started', async () => {
    const lab = dockerLab(stoppedStack());
    const { page } = await show(lab.router);
    const profiles = page.getByRole('radiogroup', { name: screens.frame.profile });
    await page.getByRole('radio', { name: /^Docker/ }).click();
    await profiles.waitFor();
    expect(lab.said.settings).toMatchObject({ engine: 'docker', docker: { profile: 'light' } });
    expect(await profiles.getByRole('radio').count()).toBe(6);
    await profiles.getByText(screens.frame.profiles.spark, { exact: true }).click();
    await eventually('the profile is saved', () => lab.said.settings.docker.profile === 'spark', 5_000);
    await button(page, say.startStack).click();
    await page
      .getByRole('banner')
      .getByText(`${screens.frame.engines.docker} · ${screens.frame.profiles.spark}`)
      .waitFor();
  });

  it('tells of its images one by one and in sum, each counted once', async () => {
    const { page } = await show(dockerLab(dockerPulling('spark')).router);
    await page.getByText('62 % ·', { exact: false }).waitFor();
    const sum = page.getByRole('progressbar', { name: screens.lab.images });
    await sum.waitFor();
    // All of Kafka's 198 MiB, of Cassandra's 176, and once for both of Spark's 421.
    const share = (198 + 0.62 * 176 + 0.08 * 421) / (198 + 176 + 421);
    expect(Number(await sum.getAttribute('aria-valuenow'))).toBeCloseTo(share * 100, 1);
  });

  it('names what a service waits for', async () => {
    const { page } = await show(dockerLab(dockerWaiting()).router);
    const rows = page.locator('main').getByRole('listitem');
    await rows.first().waitFor();
    const texts = await rows.allInnerTexts();
    const waiting = texts.filter((text) => text.includes('esperando por'));
    expect(waiting.map((text) => text.replaceAll(/\s+/g, ' '))).toEqual([
      `${services['control-center']} esperando por ${services['schema-registry']}`,
      `${services['airflow-webserver']} esperando por ${services['airflow-init']}`,
      `${services['airflow-scheduler']} esperando por ${services['airflow-init']}`,
    ]);
  });

  it('leads to the page of each service that has one, in a tab of its own', async () => {
    const { page } = await show(dockerLab(dockerHealthy()).router);
    await goTo(page, say.services);
    const links = page.locator('main').getByRole('link');
    await links.first().waitFor();
    const found = await links.evaluateAll((all) =>
      all.map((link) => [link.getAttribute('href'), link.getAttribute('target'), link.getAttribute('rel')]),
    );
    expect(found).toEqual(
      [8081, 9021, 8080, 9090, 9091].map((port) => [
        `http://localhost:${port}/${port === 8081 ? 'subjects' : ''}`,
        '_blank',
        'noreferrer',
      ]),
    );
  });

  it('lets each service be restarted and stopped, and its log be read', async () => {
    const lab = dockerLab(dockerHealthy());
    const { page } = await show(lab.router);
    await goTo(page, say.services);
    const name = services['airflow-scheduler'];
    await button(page, screens.services.restart.replace('{{service}}', name)).click();
    await eventually('the restart was asked for', () => restarted(lab).length === 1, 5_000);
    expect(restarted(lab)).toEqual([{ service: 'airflow-scheduler' }]);
    const logs = panel(page, screens.services.logs);
    await logs.getByRole('combobox', { name: screens.services.whose }).click();
    await page.getByRole('option', { name }).click();
    await logs.getByText('[airflow-scheduler-', { exact: false }).first().waitFor();
  });

  it('has a node on the canvas for what is more than the pipeline, and for nothing else', async () => {
    const lab = dockerLab(dockerHealthy('light'));
    const { page } = await show(lab.router);
    await node(page, screens.lab.nodes.topic).waitFor();
    const more = page.locator('[data-aside]');
    expect(await more.count()).toBe(0);
    lab.said.stack = dockerHealthy('full');
    await more.first().waitFor();
    expect(await more.evaluateAll((all) => all.map((one) => one.getAttribute('data-aside')))).toEqual([
      'airflow',
      'registry',
      'spark',
      'controlCenter',
    ]);
    await button(page, screens.lab.nodes.spark).click();
    const inspector = page.getByRole('complementary', { name: screens.lab.nodes.spark });
    await inspector.getByRole('tab', { name: screens.lab.actions }).click();
    const link = inspector.getByRole('link', {
      name: screens.services.openPage.replace('{{service}}', services['spark-master']),
    });
    expect(await link.getAttribute('href')).toBe('http://localhost:9090/');
    const again = screens.services.restart.replace('{{service}}', services['spark-worker-1']);
    await button(inspector, again).click();
    await eventually('the restart was asked for', () => restarted(lab).length === 1, 5_000);
    expect(restarted(lab)).toEqual([{ service: 'spark-worker-1' }]);
  });

  it('lets Spark consume where the stack has it, says where it comes from where not, and how far its job is', async () => {
    const lab = dockerLab(dockerHealthy('light'));
    const starting: ConsumerFrame = {
      state: { status: 'starting' },
      mode: 'initial',
      processor: 'spark',
      step: { kind: 'jars', done: 5, total: 14 },
      written: 0,
      deadLetters: 0,
      skipped: 0,
      rewinds: 0,
      lost: 0,
      startedAt: Date.now(),
    };
    const seen: { consumer?: ConsumerFrame } = {};
    lab.said.runs = ({ sum }) => ({ ...(sum && { sum }), ...seen });
    const { page } = await show(lab.router);
    const processors = page.getByRole('radiogroup', { name: screens.lab.processor });
    const spark = processors.getByRole('radio', { name: screens.lab.processors.spark });
    await processors.waitFor();
    expect(await spark.isDisabled()).toBe(true);
    await page.getByText(screens.lab.sparkMissing, { exact: false }).waitFor();
    lab.said.stack = dockerHealthy('spark');
    await processors.getByText(screens.lab.processors.spark, { exact: true }).click();
    await button(page, say.startConsuming).click();
    const started = (): unknown[] => lab.said.calls.filter(({ name }) => name === 'consumer.start');
    await eventually('it was started', () => started().length === 1, 5_000);
    expect(started()).toMatchObject([{ input: { processor: 'spark' } }]);
    seen.consumer = starting;
    await page.getByRole('progressbar', { name: '5 de 14', exact: false }).waitFor();
    expect(await page.locator('[data-aside="spark"]').getAttribute('data-lit')).toBe('true');
    const { step: _done, ...running } = starting;
    const batch = { written: 29_000, deadLetters: 1_000, ms: 6_200, at: Date.now() };
    seen.consumer = { ...running, state: { status: 'running' }, written: 29_000, deadLetters: 1_000, batch };
    await page.getByText('30.000 mensagens em 6,2 s', { exact: false }).waitFor();
  });

  it('shows what the Schema Registry keeps, each version of it, and what keeps it from being shown', async () => {
    const lab = dockerLab(dockerHealthy('registry'));
    const { page } = await show(lab.router);
    await button(page, screens.lab.nodes.registry).click();
    const inspector = page.getByRole('complementary', { name: screens.lab.nodes.registry });
    const tab = inspector.getByRole('tab', { name: screens.lab.schema.title });
    await tab.click();
    await inspector.getByText(lab.said.subject.subject).waitFor();
    const schema = inspector.getByRole('region', { name: screens.lab.schema.title });
    expect(await schema.innerText()).toContain('"nickname"');
    await inspector.getByRole('combobox', { name: screens.lab.schema.version }).click();
    await page.getByRole('option', { name: '1' }).click();
    expect(await schema.innerText()).not.toContain('"nickname"');
    const again = async (): Promise<void> => {
      await inspector.getByRole('tab', { name: screens.lab.logs }).click();
      await tab.click();
    };
    lab.said.subject = { ...lab.said.subject, versions: [], total: 0 };
    await again();
    await button(inspector, screens.frame.actions['schemas.register']).click();
    await eventually('it is registered', () =>
      lab.said.calls.some(({ name }) => name === 'schemas.register'),
    );
    const params = { address: 'http://localhost:8081', detail: 'ECONNREFUSED' };
    lab.said.refuse['schemas.read'] = { code: 'REGISTRY_UNREACHABLE', params };
    await again();
    await inspector.getByRole('alert').getByText(params.address, { exact: false }).waitFor();
  });

  it('reads messages in the registry’s format, with the schema’s name where the registry tells it', async () => {
    const lab = dockerLab(dockerHealthy('registry'));
    const { page } = await show(lab.router);
    await goTo(page, say.messages);
    // Rows move as long as more come.
    await page.getByText(screens.messages.states.done).waitFor();
    const framed = page
      .getByRole('row')
      .filter({ hasText: screens.messages.schemaMark.replace('{{id}}', '7') });
    await framed.last().click();
    const message = panel(page, screens.messages.panel);
    await message.getByText('dsa_kafka_topic-value/2').waitFor();
    await message.getByText('first_name').waitFor();
    await message.getByText(screens.messages.views.bytes, { exact: true }).click();
    expect(await panel(message, screens.messages.views.bytes).innerText()).toContain('00 00 00 00 07 7b');
    const params = { address: 'http://localhost:8081', detail: 'ECONNREFUSED' };
    lab.said.refuse['schemas.find'] = { code: 'REGISTRY_UNREACHABLE', params };
    await button(message, screens.frame.close).click();
    await framed.nth(-2).click();
    await message.getByText('sem o nome', { exact: false }).waitFor();
    await message.getByText('first_name').waitFor();
    await page.getByRole('tab', { name: screens.messages.letters }).click();
    await page.getByText(screens.messages.schemaMark.replace('{{id}}', '7')).first().click();
    await page.getByText('um zero e o schema id 7', { exact: false }).waitFor();
  });

  it.each(['js', 'css'])(
    'shows a screen all the same whose %s was broken off, as the network does',
    async (kind) => {
      const shown = await show(dockerLab(dockerHealthy()).router);
      const { page } = shown;
      await node(page, screens.lab.nodes.topic).waitFor();
      shown.expect(/Failed to load resource|preload/);
      const broken: string[] = [];
      await page.route(`**/assets/ServicesScreen-*.${kind}`, (route) => {
        broken.push(route.request().url());
        return broken.length === 1 ? route.abort('failed') : route.continue();
      });
      await goTo(page, say.services);
      const list = panel(page, screens.services.list);
      await list.getByText(services.cassandra).first().waitFor();
      await eventually('it looks as it should', () =>
        list.evaluate((element) => getComputedStyle(element).overflowY === 'auto'),
      );
      expect(broken).toHaveLength(2);
    },
  );

  it('says what was left out, and what the check of a sick service says', async () => {
    const lab = dockerLab(dockerLeftOut());
    const { page } = await show(lab.router);
    await goTo(page, say.services);
    const seen = page.getByRole('list', { name: screens.services.notices }).getByRole('listitem');
    await seen.first().waitFor();
    expect(await seen.allInnerTexts()).toEqual([
      expect.stringContaining(services['control-center']),
      expect.stringContaining(services['schema-registry']),
    ]);
    lab.said.stack = dockerUnhealthy('cassandra', '/dev/tcp/127.0.0.1/9042: Connection refused');
    const row = page.getByRole('listitem', { name: services.cassandra });
    await row.getByText('9042: Connection refused', { exact: false }).waitFor();
    expect(await row.getByRole('alert').count()).toBe(0);
  });
});
