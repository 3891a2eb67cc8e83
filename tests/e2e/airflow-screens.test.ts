// Airflow's node as a fed lab has it: what a person asks for is what is asked of the app, and what keeps Airflow away is
// told. The real one's turn is in tests/docker/airflow.test.ts.
import { describe, expect, it } from 'vitest';
import { en } from '../../words/sentences/en.ts';
import type { Fault } from '../../words/errors.ts';
import { eventually } from '../integration/lab.ts';
import { airflowEmpty, failedRun } from './fed-airflow.ts';
import { dockerHealthy } from './fed-docker.ts';
import { openFedLab, type FedLab } from './fed-router.ts';
import { usePages } from './fixtures.ts';
import { button } from './screens.ts';

const { screens } = en;
const words = screens.airflow;

describe('Airflow’s node', () => {
  const show = usePages();

  async function open(lab: FedLab) {
    lab.said.stack = dockerHealthy('airflow');
    lab.said.settings = { ...lab.said.settings, engine: 'docker', docker: { profile: 'airflow' } };
    const { page } = await show(lab.router, { locale: 'en' });
    await button(page, screens.lab.nodes.airflow).click();
    return { page, panel: page.getByRole('complementary', { name: screens.lab.nodes.airflow }) };
  }

  const askedOf = ({ said }: FedLab): unknown[] =>
    said.calls.filter(({ name }) => /^airflow\.(?!log)/.test(name)).map(({ name, input }) => [name, input]);

  it('triggers, stops and pauses as it was asked', async () => {
    const lab = openFedLab({ rate: 50 });
    const { panel } = await open(lab);
    await button(panel, words.trigger).click();
    await panel.getByRole('textbox', { name: words.duration }).fill('5');
    await panel.getByRole('textbox', { name: words.rate }).fill('2');
    await panel.getByRole('textbox', { name: words.address }).fill('http://api.example.com/');
    await panel.getByRole('textbox', { name: words.address }).press('Enter');
    await button(panel, words.stop).click();
    await panel.getByRole('switch', { name: words.plan }).click();
    await eventually('all was asked for', () => askedOf(lab).length === 4, 5_000);
    expect(askedOf(lab)).toEqual([
      ['airflow.trigger', { seconds: 60, rate: 10 }],
      ['airflow.trigger', { seconds: 5, rate: 2, url: 'http://api.example.com/' }],
      ['airflow.stop', { run: expect.stringMatching(/^manual__/) }],
      ['airflow.setPaused', { isPaused: true }],
    ]);
  });

  it('says where a trigger was refused', async () => {
    const lab = openFedLab({ rate: 50 });
    lab.said.refuse['airflow.trigger'] = { code: 'AIRFLOW_REFUSED', params: { detail: 'no such param' } };
    const { panel } = await open(lab);
    await button(panel, words.trigger).click();
    const form = panel.getByRole('form', { name: words.trigger });
    await form.getByRole('alert').getByText('no such param', { exact: false }).waitFor();
    expect(await form.getByRole('alert').count()).toBe(1);
  });

  it('has the log of each run, which takes its own Esc and gives the focus back', async () => {
    const { page, panel } = await open(openFedLab({ rate: 50 }));
    const failed = panel.getByRole('listitem').filter({ hasText: words.states.failed });
    const log = button(failed, words.openLog);
    await log.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('airflow.exceptions.AirflowException', { exact: false }).waitFor();
    await dialog.getByRole('alert').getByText(String(failedRun.fault?.params['line'])).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await eventually('the focus is back', () =>
      log.evaluate((element) => element === document.activeElement),
    );
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'hidden' });
    expect(await dialog.count()).toBe(0);
  });

  it('says that there was no run yet', async () => {
    const lab = openFedLab({ rate: 50 });
    lab.said.airflow = airflowEmpty;
    const { panel } = await open(lab);
    await panel.getByText(words.noRunsText).waitFor();
    expect(await panel.getByRole('switch', { name: words.plan }).isChecked()).toBe(false);
  });

  it.each<[string, Fault]>([
    ['not in the stack', { code: 'AIRFLOW_MISSING', params: {} }],
    ['starting', { code: 'AIRFLOW_NOT_READY', params: { service: 'airflow-scheduler' } }],
    [
      'not answering',
      { code: 'AIRFLOW_UNREACHABLE', params: { address: 'http://localhost:8080', detail: 'ECONNREFUSED' } },
    ],
    ['closed to its user', { code: 'AIRFLOW_DENIED', params: { user: 'admin' } }],
    ['without the DAG', { code: 'AIRFLOW_DAG_MISSING', params: { dag: 'dsa-real-time-etl-stack' } }],
    [
      'with a DAG that is broken',
      { code: 'AIRFLOW_DAG_BROKEN', params: { path: '/dags/x.py', detail: 'SyntaxError: x' } },
    ],
  ])('tells of an Airflow that is %s, and goes on by itself', async (_is, fault) => {
    const lab = openFedLab({ rate: 50 });
    const ready = lab.said.airflow;
    lab.said.airflow = { status: 'away', fault, trace: 'Traceback: line 1' };
    const { panel } = await open(lab);
    const note = panel.getByRole('alert');
    await note.waitFor();
    const { what } = en.errors[fault.code];
    expect(await note.innerText()).toContain(what.split('{{')[0]);
    expect(await note.innerText()).not.toContain('{{');
    await panel.getByText('Traceback: line 1').waitFor();
    lab.said.airflow = ready;
    await panel.getByRole('region', { name: words.runs }).waitFor();
  });
});
