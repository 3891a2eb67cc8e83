// messages, dead-letters, rows, cql: looking, without changing anything but by a CQL statement.
import type { BytesView, ReadFrom, TablePage } from '../../words/messages.ts';
import type { Terminal } from '../host.ts';
import { showSchemas } from './schema.ts';

function textOf(bytes: BytesView | null, { say }: Terminal): string {
  if (bytes === null) return say('cli.nothing');
  const { encoding, content, size, schemaId } = bytes;
  if (encoding === 'base64') return say('cli.bytes', { size });
  return schemaId === undefined ? content : `${say('cli.framed', { id: String(schemaId) })} ${content}`;
}

export async function messages(
  terminal: Terminal,
  flags: { from: ReadFrom; limit: number; filter: string },
): Promise<void> {
  const { client, screen, say, signal } = terminal;
  const { messages: found, scanned, total, matched } = await client.messages.read(flags, { signal });
  for (const message of found) screen.event({ event: 'message', ...message });
  screen.event({ event: 'summary', scanned, total, matched });
  if (found.length > 0) {
    screen.table(
      [say('cli.partition'), say('cli.offset'), say('cli.time'), say('cli.key'), say('cli.value')],
      found.map(({ partition, offset, timestamp, key, value }) => [
        String(partition),
        String(offset),
        new Date(timestamp).toISOString(),
        textOf(key, terminal),
        textOf(value, terminal),
      ]),
    );
  } else screen.line(say('cli.noMessages'));
  await showSchemas(
    terminal,
    found.map(({ value }) => value),
  );
  screen.line(say('cli.scanned', { scanned, total, matched }));
}

export async function deadLetters(terminal: Terminal, flags: { limit: number }): Promise<void> {
  const { client, screen, say, signal } = terminal;
  const { letters, total } = await client.deadLetters.read(flags, { signal });
  for (const letter of letters) screen.event({ event: 'deadLetter', ...letter });
  screen.event({ event: 'summary', total });
  if (letters.length === 0) {
    screen.line(say('cli.noLetters'));
    return;
  }
  screen.table(
    [say('cli.partition'), say('cli.offset'), say('cli.time'), say('cli.reason'), say('cli.value')],
    letters.map(({ sourcePartition, sourceOffset, refusedAt, reason, value }) => [
      String(sourcePartition),
      String(sourceOffset),
      refusedAt,
      say(`reasons.${reason}`),
      textOf(value, terminal),
    ]),
  );
  if (letters.some(({ value }) => value?.schemaId !== undefined)) screen.line(say('cli.framedLetters'));
  screen.line(say('cli.lettersTotal', { count: total }));
}

function showPage({ screen, say }: Terminal, page: TablePage): void {
  for (const row of page.rows) screen.event({ event: 'row', row });
  screen.table(
    page.columns,
    page.rows.map((row) => page.columns.map((column) => row[column] ?? '')),
  );
  if (page.next !== undefined) screen.line(say('cli.moreRows'));
}

export async function rows(terminal: Terminal, flags: { limit: number; id?: string }): Promise<void> {
  const { client, screen, say } = terminal;
  const page =
    flags.id === undefined
      ? await client.rows.read({ limit: flags.limit })
      : await client.rows.find({ id: flags.id });
  if (page.rows.length === 0) screen.line(say(flags.id === undefined ? 'cli.noRows' : 'cli.rowNotFound'));
  else showPage(terminal, page);
}

export async function cql(terminal: Terminal, statement: string, flags: { limit: number }): Promise<void> {
  const page = await terminal.client.cql.execute({
    statement,
    limit: flags.limit,
    // Who writes it into a terminal means it.
    isConfirmed: true,
  });
  if (page.columns.length === 0) terminal.screen.line(terminal.say('cli.statementDone'));
  else showPage(terminal, page);
}
