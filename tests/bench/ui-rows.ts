// Real rows under a page: the table filled through the pipeline's own way into it, then scrolled and jumped about in.
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Database } from '../../pipeline/cassandra/database.ts';
import { openDriverDatabase } from '../../pipeline/cassandra/driver-database.ts';
import { newId } from '../../pipeline/users/to-user.ts';
import { ptBR } from '../../words/sentences/pt-br.ts';
import type { User } from '../../words/users.ts';
import { rateOf, someUsers } from './messages.ts';
import type { Program } from './ui-client.ts';

const { rows: words } = ptBR.screens;
/** Writes in flight, as the consumer has them. */
const inFlight = 256;
/** Different people; those after them have their names, and ids of their own. */
const people = 5_000;
const triesMax = 5;
const stepMs = 50;
const lookMs = 200;

/** Writes so many rows to the Cassandra at this address, making the table; resolves with rows a second. */
export async function fillTable(address: string, rows: number): Promise<number> {
  const users = await someUsers(people);
  const database = openDriverDatabase({ contactPoints: [address], localDataCenter: 'datacenter1' });
  try {
    await database.ensureUsersTable({ replication: 1 });
    let next = 0;
    const write = async (): Promise<void> => {
      for (let user = users[next % people]; user && next < rows; user = users[next % people]) {
        next += 1;
        await upsertAtLast(database, { ...user, id: newId() });
      }
    };
    return await rateOf(rows, () => Promise.all(Array.from({ length: inFlight }, write)));
  } finally {
    await database.close();
  }
}

/** A Cassandra that has too little of the machine lets a write time out now and then. */
async function upsertAtLast(database: Database, user: User): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await database.upsert(user);
    } catch (error) {
      if (tries === triesMax) throw error;
    }
  }
}

/** Resolves when Cassandra has put away what was written, which takes it some time; after a minute in any case. */
export async function untilCalm({ client }: Program): Promise<void> {
  const deadline = performance.now() + 60_000;
  let after = 0;
  for (let calm = 0; calm < 3 && performance.now() < deadline;) {
    const { version, frame } = await client.services.next({ after });
    after = version;
    const busy = frame.services.some(({ cpuPercent }) => cpuPercent > 25);
    calm = busy ? 0 : calm + 1;
  }
}

/** Has the page count what it shows; resolves with how long that took, in ms. */
export async function countExactly(page: Page, rows: number): Promise<number> {
  const startedAt = performance.now();
  await page.getByRole('button', { name: words.countExactly }).click();
  await page
    .getByText(words.count.replace('{{rows}}', rows.toLocaleString('pt-BR')))
    .waitFor({ timeout: 300_000 });
  return performance.now() - startedAt;
}

const gridOf = (page: Page) => page.getByRole('grid', { name: words.table });

/** Turns the wheel, more downwards than up. */
export async function scroll(page: Page, ms: number): Promise<void> {
  await gridOf(page).hover();
  const until = performance.now() + ms;
  for (let turn = 0; performance.now() < until; turn += 1) {
    await page.mouse.wheel(0, turn % 40 < 30 ? 600 : -600);
    await delay(stepMs);
  }
}

/** Jumps all over the table and back to its beginning, and looks at what is there. */
export async function jump(page: Page, { rows, ms }: { rows: number; ms: number }): Promise<void> {
  const position = page.getByRole('textbox', { name: words.goTo });
  const until = performance.now() + ms;
  for (let turn = 0; performance.now() < until; turn += 1) {
    const to = turn % 2 === 0 ? 1 + ((turn * 77_777) % (rows - 10)) : 1;
    await position.fill(String(to));
    await page.keyboard.press('Enter');
    // Found by what costs the page little: its frames are counted meanwhile.
    await gridOf(page)
      .locator(`[data-index="${to - 1}"][aria-busy="false"]`)
      .waitFor();
    await delay(lookMs);
  }
}
