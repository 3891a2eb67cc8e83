// weather run, rows and export: the periodic extraction until its end, what it brought, and its CSV. No stack is needed.
import { RiachoError, type Fault } from '../../words/errors.ts';
import { conditionOf } from '../../words/sentences/conditions.ts';
import { capitals, weatherColumns } from '../../words/weather-facts.ts';
import type { Place, WeatherFrame, WeatherRow, WeatherSource } from '../../words/weather.ts';
import { whatOf } from '../failure.ts';
import type { Terminal } from '../host.ts';
import { followExport, formOf, type ExportFlags } from './export.ts';

export interface WeatherRunFlags {
  /** Names and coordinates; the lab's own without it. */
  places?: string;
  every: number;
  for?: number;
  count?: number;
  source: WeatherSource;
  url?: string;
  csv?: string;
}

/** Without `--for` and `--count` it goes on until Ctrl-C, which then is its ordinary end. */
export async function weatherRun(terminal: Terminal, flags: WeatherRunFlags): Promise<void> {
  const { client, screen, say, signal } = terminal;
  const { every: everyMs, count, url } = flags;
  // An address of the user's own is meant: it never falls back to generated weather.
  const source = url !== undefined && flags.source === 'auto' ? 'open-meteo' : flags.source;
  const places = await placesOf(terminal, { ...flags, source });
  await client.weather.start({
    places,
    everyMs,
    source,
    ...(url !== undefined && { url }),
    ...(count !== undefined && { count }),
  });
  screen.line(say('cli.weather.running', { places: places.length, every: spanOf(everyMs) }));
  const endsAt = performance.now() + (flags.for ?? Number.POSITIVE_INFINITY);
  const saying = new Saying(terminal);
  let frame: WeatherFrame;
  let version = 0;
  do {
    ({ frame, version } = await client.weather.next({ after: version }));
    saying.tell(frame);
  } while (frame.state.status !== 'off' && !signal.aborted && performance.now() < endsAt);
  await client.weather.stop();
  ({ frame } = await client.weather.next({ after: 0 }));
  saying.tell(frame);
  await showLast(terminal, places);
  // Also after Ctrl-C: what was extracted until then is what was asked for.
  if (flags.csv !== undefined) {
    const calls = client.weather.export;
    const start = (file: string) => calls.start({ file, language: terminal.language });
    await followExport(
      { screen, say, signal: new AbortController().signal },
      { file: flags.csv, start, calls },
    );
  }
  const { added, known, runs, pending, origin, fault } = frame;
  screen.line(say('cli.weather.summary', { runs, added, known }));
  screen.line(say('cli.weather.licence'));
  screen.event({ event: 'summary', runs, added, known, pending, source: origin ?? source, places });
  // Nothing came, or what came could not be written: not what was asked for.
  if (fault && (pending > 0 || added + known === 0)) throw new RiachoError(fault.code, fault.params);
}

/** As `--every` takes it. */
function spanOf(ms: number): string {
  return ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1_000} s`;
}

async function placesOf(
  { client, signal }: Terminal,
  { places, source, url }: WeatherRunFlags,
): Promise<Place[]> {
  if (places === undefined) return [...capitals];
  return client.weather.findPlaces({ text: places, source, ...(url !== undefined && { url }) }, { signal });
}

/** Says what is new in each frame. */
class Saying {
  readonly #terminal: Terminal;
  #told: Pick<WeatherFrame, 'runs' | 'added' | 'known'> = { runs: 0, added: 0, known: 0 };
  #fault: Fault | undefined;
  #hasFallenBack = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  tell(frame: WeatherFrame): void {
    const { screen, say } = this.#terminal;
    if (frame.fellBack && !this.#hasFallenBack) {
      this.#hasFallenBack = true;
      const detail = String(frame.fellBack.params['detail'] ?? '');
      screen.line(say('cli.weather.fellBack', { detail }));
      screen.event({ event: 'notice', kind: 'fellBack', detail });
    }
    this.#tellFault(frame);
    if (frame.runs > this.#told.runs) this.#tellRun(frame);
    screen.changing([this.#stateOf(frame)]);
  }

  /** Once for each fault, however often it is met. */
  #tellFault({ fault }: WeatherFrame): void {
    const isKnown = JSON.stringify(fault) === JSON.stringify(this.#fault);
    this.#fault = fault;
    if (isKnown || !fault) return;
    const { screen, say } = this.#terminal;
    screen.line(say('cli.waits', { what: whatOf(fault, say) }));
    screen.event({ event: 'notice', kind: 'waits', fault });
  }

  #tellRun({ runs, added, known, pending, origin, fault, lastAt }: WeatherFrame): void {
    const { screen, say } = this.#terminal;
    const told = this.#told;
    this.#told = { runs, added, known };
    const news = { added: added - told.added, known: known - told.known };
    screen.event({ event: 'extraction', runs, ...news, pending, origin, ...(fault && { fault }) });
    if (fault || lastAt === undefined) return;
    const time = new Date(lastAt).toLocaleTimeString(this.#terminal.language, { hour12: false });
    screen.line(say('cli.weather.extracted', { time, ...news, source: say(`sources.${origin}`) }));
  }

  #stateOf({ state }: WeatherFrame): string {
    const { say, language } = this.#terminal;
    if (!('nextAt' in state)) return say(`cli.weather.states.${state.status}`);
    const time = new Date(state.nextAt).toLocaleTimeString(language, { hour12: false });
    return say(`cli.weather.states.${state.status}`, { time });
  }
}

async function showLast(terminal: Terminal, places: readonly Place[]): Promise<void> {
  const { rows } = await terminal.client.weather.rows({ limit: Math.min(places.length, 10) });
  showRows(terminal, rows, false);
}

function cellsOf(row: WeatherRow, { language, say }: Terminal): string[] {
  const text: Record<string, string | number | null> = {
    ...row,
    condition: conditionOf(row.weather_code, language),
  };
  return [...weatherColumns.map((column) => String(text[column] ?? '')), say(`sources.${row.source}`)];
}

function showRows(terminal: Terminal, rows: readonly WeatherRow[], asEvents: boolean): void {
  const { screen, say } = terminal;
  if (asEvents) for (const row of rows) screen.event({ event: 'row', row });
  if (rows.length === 0) screen.line(say('cli.weather.noRows'));
  else
    screen.table(
      [...weatherColumns, say('cli.weather.source')],
      rows.map((row) => cellsOf(row, terminal)),
    );
}

export async function weatherRows(terminal: Terminal, { limit }: { limit: number }): Promise<void> {
  const { rows, total } = await terminal.client.weather.rows({ limit });
  showRows(terminal, rows, true);
  terminal.screen.line(terminal.say('cli.weather.total', { rows: rows.length, total }));
  terminal.screen.line(terminal.say('cli.weather.licence'));
}

export async function weatherExport(terminal: Terminal, flags: ExportFlags): Promise<void> {
  const calls = terminal.client.weather.export;
  const form = { ...formOf(flags, weatherColumns), language: terminal.language };
  await followExport(terminal, { file: form.file, start: (file) => calls.start({ ...form, file }), calls });
  const generated = (await terminal.client.weather.places()).reduce((sum, place) => sum + place.generated, 0);
  if (generated > 0) terminal.screen.line(terminal.say('cli.weather.generated', { rows: generated }));
  terminal.screen.line(terminal.say('cli.weather.licence'));
}
