// schema: what the Schema Registry keeps of the record. messages and dead-letters ask it for the names of schema ids.
import type { KnownSchema } from '../../words/schemas.ts';
import type { BytesView } from '../../words/messages.ts';
import { faultOf, sentenceOf } from '../failure.ts';
import type { Terminal } from '../host.ts';

export async function schema({ client, screen, say, signal }: Terminal): Promise<void> {
  const { subject, registry, compatibility, versions, total } = await client.schemas.read(undefined, {
    signal,
  });
  for (const one of versions) screen.event({ event: 'schema', subject, ...one });
  screen.event({ event: 'summary', subject, registry, compatibility, total });
  screen.line(say('cli.subject', { subject, registry, compatibility: compatibility ?? '–' }));
  const [newest] = versions;
  if (newest === undefined) {
    screen.line(say('cli.noSchema'));
    return;
  }
  screen.table(
    [say('cli.version'), say('cli.schemaId'), say('cli.schemaType')],
    versions.map(({ version, id, type }) => [String(version), String(id), type]),
  );
  screen.line(say('cli.newestSchema', { version: String(newest.version) }));
  screen.line(laidOut(newest.schema));
}

/** A schema to be read: JSON with a line for each part; every other as it is. */
function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** What the schemas that these values name are called, below a table that shows their numbers. */
export async function showSchemas(terminal: Terminal, values: readonly (BytesView | null)[]): Promise<void> {
  const { client, screen, say, signal } = terminal;
  const ids = new Set(values.flatMap((value) => value?.schemaId ?? []));
  try {
    for (const id of ids) {
      const known = await client.schemas.find({ id }, { signal });
      screen.event({ event: 'schemaName', id, ...known });
      screen.line(
        say(known ? 'cli.schemaName' : 'cli.schemaUnknown', { id: String(id), name: nameOf(known) }),
      );
    }
  } catch (error) {
    // The values are shown all the same: JSON needs no schema to be read.
    screen.line(say('cli.schemaNameless', { why: sentenceOf(faultOf(error), say) }));
  }
}

function nameOf(known: KnownSchema | null): string {
  return (known?.usedBy ?? []).map(({ subject, version }) => `${subject}/${version}`).join(', ');
}
