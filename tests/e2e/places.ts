// Every place of the interface and how a person gets there from the first page, in Portuguese. Each resolves when what
// is looked for is there.
import type { Page } from 'playwright-core';
import { ptBR } from '../../words/sentences/pt-br.ts';
import { button, goTo, node, panel } from './screens.ts';
import { named } from './words.ts';

const say = named['pt-BR'];
const { screens } = ptBR;

export const places = {
  async start(page) {
    await button(page, say.startStack).waitFor();
  },
  async starting(page) {
    await button(page, screens.frame.cancelStart).waitFor();
  },
  async lab(page) {
    await goTo(page, say.lab);
    await node(page, screens.lab.nodes.topic).waitFor();
    await panel(page, screens.lab.charts).waitFor();
  },
  async inspector(page) {
    await places.lab(page);
    await button(node(page, screens.lab.nodes.table), screens.lab.nodes.table).click();
    await page.getByRole('complementary', { name: screens.lab.nodes.table }).waitFor();
  },
  async aside(page) {
    await places.lab(page);
    await button(page, screens.lab.nodes.airflow).click();
    const inspector = page.getByRole('complementary', { name: screens.lab.nodes.airflow });
    await inspector.getByRole('region', { name: screens.airflow.runs }).waitFor();
  },
  async dagRunLog(page) {
    await places.aside(page);
    // The second one has failed.
    await button(page, screens.airflow.openLog).nth(1).click();
    await page.getByRole('dialog').getByRole('log').waitFor();
  },
  async airflowLogin(page) {
    await places.aside(page);
    await page.getByRole('tab', { name: screens.lab.actions }).click();
    await button(page, screens.airflow.login).click();
    await page.getByLabel(screens.airflow.password, { exact: true }).waitFor();
  },
  async schema(page) {
    await places.lab(page);
    await button(page, screens.lab.nodes.registry).click();
    await page.getByRole('tab', { name: screens.lab.schema.title }).click();
    await page.getByRole('region', { name: screens.lab.schema.title }).waitFor();
  },
  async services(page) {
    await goTo(page, say.services);
    await page.locator('main').getByText('Cassandra').first().waitFor();
  },
  async messages(page) {
    await goTo(page, say.messages);
    await page.getByText(screens.messages.states.done).waitFor();
  },
  async noMessages(page) {
    await goTo(page, say.messages);
    await page.getByText(screens.messages.noStackText).waitFor();
  },
  async message(page) {
    await places.messages(page);
    await page.getByRole('grid').getByRole('row').last().click();
    await button(panel(page, screens.messages.panel), say.follow).waitFor();
  },
  async framedMessage(page) {
    await places.messages(page);
    const mark = screens.messages.schemaMark.replace('{{id}}', '7');
    await page.getByRole('row').filter({ hasText: mark }).last().click();
    await panel(page, screens.messages.panel).getByText('dsa_kafka_topic-value/2').waitFor();
  },
  async letters(page) {
    await goTo(page, say.messages);
    await page.getByRole('tab', { name: say.deadLetters }).click();
    await page.getByRole('button', { name: screens.messages.refresh }).waitFor();
  },
  async letter(page) {
    await places.letters(page);
    await page.getByRole('grid').getByRole('row').nth(1).click();
    await panel(page, screens.messages.letter).getByRole('textbox').waitFor();
  },
  async followed(page) {
    await places.message(page);
    await button(page, say.follow).click();
    await page.getByRole('dialog', { name: say.follow }).getByText(screens.follow.written).waitFor();
  },
  async rows(page) {
    await goTo(page, say.rows);
    await page
      .getByRole('grid', { name: screens.rows.table })
      .or(page.getByText(screens.rows.emptyText))
      .waitFor();
  },
  async noRows(page) {
    await goTo(page, say.rows);
    await page.getByText(screens.rows.notRunningText).waitFor();
  },
  async row(page) {
    await places.rows(page);
    await page.getByRole('grid').getByRole('row').nth(2).click();
    await panel(page, screens.rows.row).waitFor();
  },
  async cql(page) {
    await places.rows(page);
    await page.getByRole('tab', { name: screens.rows.cql }).click();
    await page.getByRole('textbox', { name: screens.rows.console.statement }).waitFor();
    await button(page, screens.rows.console.run).click();
    await page.getByRole('grid', { name: screens.rows.console.result }).waitFor();
  },
  async exporting(page) {
    await places.rows(page);
    await button(page, say.exportCsv).click();
    await page.getByRole('dialog', { name: say.exportCsv }).getByRole('textbox').waitFor();
  },
  async settings(page) {
    await goTo(page, say.settings);
    await page.locator('main').getByText('/home/ana', { exact: false }).first().waitFor();
  },
  async activity(page) {
    await page.getByRole('contentinfo').getByRole('button').click();
    await page.getByRole('dialog', { name: say.activity }).getByRole('listitem').first().waitFor();
  },
} satisfies Record<string, (page: Page) => Promise<void>>;

export type PlaceName = keyof typeof places;

/** Where a person gets while a stack is up. */
export const withStack = (Object.keys(places) as PlaceName[]).filter(
  (name) =>
    !['start', 'starting', 'aside', 'dagRunLog', 'airflowLogin', 'schema', 'noMessages', 'noRows'].includes(
      name,
    ),
);
