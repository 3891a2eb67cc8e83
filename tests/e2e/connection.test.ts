// The line between page and app, lost and found, on the real engine in the middle of a run: nothing is reloaded, no
// number is wrong afterwards, and the run itself takes no notice.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ptBR } from '../../words/sentences/pt-br.ts';
import { eventually } from '../integration/lab.ts';
import { openBrowser, type Browser, type Shown } from './browser.ts';
import { openRealApp, type RealApp } from './harness.ts';
import { button, node, numberIn, panel } from './screens.ts';
import { inSteps } from './story.ts';
import { seenSums, watchSum } from './sum-watch.ts';
import { named } from './words.ts';

const say = named['pt-BR'];
const { screens, errors } = ptBR;

describe('a page whose app is out of reach for a while', () => {
  let browser: Browser;
  let app: RealApp;
  let shown: Shown;

  inSteps(() => (shown ? [shown] : []));
  beforeAll(async () => {
    app = await openRealApp();
    await app.client.stack.start({});
    await app.client.consumer.start({ mode: 'initial' });
    await app.client.producer.start({ source: 'offline', rate: 40, faultyPercent: 10 });
    browser = await openBrowser();
    shown = await browser.show(app.router);
    await button(shown.page, say.stopProducing).waitFor();
    await watchSum(shown.page, screens.frame.sum);
  });
  afterAll(async () => {
    await shown?.close();
    await browser?.close();
    await app?.close();
  });

  const note = () => shown.page.getByRole('alert').filter({ hasText: errors.CONNECTION_LOST.what });
  const topicCount = async (): Promise<number> => numberIn(await node(shown.page, say.topic).innerText());

  it('says so, and what to do', async () => {
    shown.expect(/WebSocket connection|Failed to load/);
    shown.line.cut();
    await note().waitFor();
    const { nextInWindow } = ptBR;
    const next =
      'CONNECTION_LOST' in nextInWindow ? nextInWindow.CONNECTION_LOST : errors.CONNECTION_LOST.next;
    expect(await note().innerText()).toContain(next);
  });

  it('shows no number that is not known, and the run goes on', async () => {
    const before = (await app.client.topic.sum()).inTopic;
    const frozen = await topicCount();
    await eventually('the run goes on', async () => (await app.client.topic.sum()).inTopic > before + 60);
    expect(await topicCount()).toBe(frozen);
    expect(await note().count()).toBe(1);
  });

  it('comes back by itself, without a reload, with numbers that are right', async () => {
    const before = (await app.client.topic.sum()).inTopic;
    shown.line.mend();
    await note().waitFor({ state: 'hidden' });
    await eventually('the page is up to date', async () => (await topicCount()) >= before, 10_000);
    // What was watched is watched still: a reload would have taken it away.
    await eventually('the sum moves', async () => (await seenSums(shown.page)).samples > 10, 10_000);
    expect((await seenSums(shown.page)).wrong).toEqual([]);
  });

  it('does what it is told again', async () => {
    await button(shown.page, say.stopConsuming).click();
    await button(shown.page, say.startConsuming).waitFor();
    expect((await app.client.runs.next({ after: 0 })).frame.consumer?.state.status).toBe('done');
    await button(shown.page, say.startConsuming).click();
    await button(shown.page, say.stopConsuming).waitFor();
  });

  it('is reloaded in the middle of a run, which goes on, and its charts come back', async () => {
    const { producer: before } = (await app.client.runs.next({ after: 0 })).frame;
    const charts = panel(shown.page, screens.lab.charts);
    const drawn = (): Promise<number> => charts.locator('canvas').first().evaluate(inkOf);
    shown.expect(/willReadFrequently/);
    await eventually('a line is drawn', async () => (await drawn()) > 5, 10_000);
    const lengthBefore = await drawn();
    await shown.page.reload();
    await button(shown.page, say.stopProducing).waitFor();
    await watchSum(shown.page, screens.frame.sum);
    const { producer: after } = (await app.client.runs.next({ after: 0 })).frame;
    expect(after?.startedAt).toBe(before?.startedAt);
    expect(after?.state).toEqual({ status: 'running' });
    await eventually('paces are shown', async () => /[1-9]\d*\/s/.test(await charts.innerText()), 10_000);
    await eventually('the line is as long as it was', async () => (await drawn()) >= lengthBefore, 10_000);
    await eventually('numbers move', async () => (await seenSums(shown.page)).samples > 5, 10_000);
    expect((await seenSums(shown.page)).wrong).toEqual([]);
  });
});

/** On how many columns of a chart's canvas anything is drawn in the colour of water: the line's length in time. */
function inkOf(element: Element): number {
  if (!(element instanceof HTMLCanvasElement)) return 0;
  const { width, height } = element;
  const pixels = element.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
  const isWater = (at: number): boolean => {
    const [red = 0, green = 0, blue = 0, alpha = 0] = pixels.slice(at, at + 4);
    return alpha > 200 && green - red > 60 && blue - red > 60;
  };
  let columns = 0;
  for (let x = 0; x < width; x += 1) {
    for (let y = 0; y < height; y += 1) {
      if (!isWater((y * width + x) * 4)) continue;
      columns += 1;
      break;
    }
  }
  return columns;
}
