// What an action was done with, in no language, and the command line that does the same. Judges no input: what a
// schema does not know is left out. Never a secret, never what a record holds.
import { z } from 'zod';
import {
  dagRunInput,
  exportInput,
  producerInput,
  weatherExportInput,
  weatherInput,
} from '../contract/contract.ts';
import { handMadeKind, messagePlace } from '../words/browse.ts';
import type { Action } from '../words/lab.ts';
import { consumerMode, processor } from '../words/runs.ts';
import { serviceName } from '../words/stack.ts';
import { userColumns } from '../words/users.ts';
import { capitals, weatherColumns } from '../words/weather-facts.ts';

export interface ActionWords {
  detail: string;
  /** Absent where no command does the same. */
  command?: string;
}

/** A longer statement is no longer read but only carried around. */
const statementChars = 2_000;
const detailChars = 120;

/** `word` as a POSIX shell takes it, whatever is in it. */
export function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The words of a command line of Riacho, the first of them its command; undefined for none. */
type Words = string[] | undefined;

function producerWords(input: unknown): [string, Words] {
  const parsed = producerInput.safeParse(input);
  if (!parsed.success) return ['', undefined];
  const { source, url, replayFile, rate, forMs, count, faultyPercent, seed } = parsed.data;
  const from = source === 'replay' ? `replay:${replayFile}` : source;
  const shown = url === undefined ? undefined : withoutLogin(url);
  const detail = [
    shown ?? from,
    rate === 'max' ? 'max' : `${rate}/s`,
    ...(forMs === undefined ? [] : [`${forMs / 1_000} s`]),
    ...(count === undefined ? [] : [`× ${count}`]),
    ...(faultyPercent === 0 ? [] : [`${faultyPercent} %`]),
  ].join(' · ');
  // In a terminal a run without an end has to be ended by hand, generated users differ from run to run, an address
  // of one's own never falls back, and a password in it is not to be copied.
  const isEndless = forMs === undefined && count === undefined && source !== 'replay';
  const isOther = url !== undefined && (source === 'auto' || url !== shown);
  if (isEndless || seed !== undefined || isOther) return [detail, undefined];
  const words = ['produce', '--source', from];
  if (url !== undefined) words.push('--url', url);
  words.push('--rate', String(rate));
  if (forMs !== undefined) words.push('--for', forMs % 1_000 === 0 ? `${forMs / 1_000}s` : `${forMs}ms`);
  if (count !== undefined) words.push('--count', String(count));
  if (faultyPercent > 0) words.push('--faulty', String(faultyPercent));
  return [detail, words];
}

/** The same address, when it bears no name and password. */
function withoutLogin(address: string): string {
  const url = new URL(address);
  if (url.username === '' && url.password === '') return address;
  url.username = '';
  url.password = '';
  return url.href;
}

function airflowWords(input: unknown): [string, Words] {
  const parsed = dagRunInput.safeParse(input ?? {});
  if (!parsed.success) return ['', undefined];
  const { seconds, rate, url } = parsed.data;
  const shown = url === undefined ? undefined : withoutLogin(url);
  const detail = [
    ...(seconds === undefined ? [] : [`${seconds} s`]),
    ...(rate === undefined ? [] : [`${rate}/s`]),
    ...(shown === undefined ? [] : [shown]),
  ].join(' · ');
  // A password in it is not to be copied.
  if (url !== shown) return [detail, undefined];
  const words = ['airflow trigger'];
  if (seconds !== undefined) words.push('--for', `${seconds}s`);
  if (rate !== undefined) words.push('--rate', String(rate));
  if (url !== undefined) words.push('--url', url);
  return [detail, words];
}

interface CsvInput {
  file: string;
  columns?: string[] | undefined;
  separator: string;
  bom: boolean;
  raw: boolean;
}

function csvFlags({ file, columns, separator, bom, raw }: CsvInput, all: readonly string[]): string[] {
  const words = ['--csv', file];
  if (columns !== undefined && columns.length < all.length) words.push('--columns', columns.join(','));
  if (separator !== ',') words.push('--separator', separator === '\t' ? '\\t' : separator);
  if (bom) words.push('--bom');
  if (raw) words.push('--raw');
  return words;
}

function bundleWords(input: unknown): [string, Words] {
  const file = field(input, 'file', z.string());
  return [file, file === '' ? undefined : ['doctor', '--bundle', file]];
}

function exportWords(input: unknown): [string, Words] {
  const { data } = exportInput.safeParse(input);
  return data ? [data.file, ['export', ...csvFlags(data, userColumns)]] : ['', undefined];
}

function weatherExportWords(input: unknown): [string, Words] {
  const { data } = weatherExportInput.safeParse(input);
  if (!data) return ['', undefined];
  const words = ['weather export', ...csvFlags(data, weatherColumns), '--lang', data.language];
  return [data.file, words];
}

function weatherWords(input: unknown): [string, Words] {
  const { data } = weatherInput.safeParse(input);
  if (!data) return ['', undefined];
  const { places, everyMs, source, url, count } = data;
  const every = everyMs % 60_000 === 0 ? `${everyMs / 60_000}m` : `${everyMs / 1_000}s`;
  const detail = [url === undefined ? source : withoutLogin(url), every, `× ${places.length}`].join(' · ');
  // A password in an address is not to be copied.
  if (url !== undefined) return [detail, undefined];
  const named = places.map((place) =>
    capitals.some((capital) => capital.name === place.name && capital.latitude === place.latitude)
      ? place.name
      : `${place.latitude},${place.longitude}`,
  );
  const words = ['weather run', `--places=${named.join(';')}`, '--every', every, '--source', source];
  return [detail, [...words, ...(count === undefined ? [] : ['--count', String(count)])]];
}

/** The statement with its literals left out: they are what records hold. */
function statementDetail(statement: string): string {
  const bare = statement.replaceAll(/'(?:[^']|'')*'|\$\$[^]*?\$\$/g, '…').replaceAll(/\s+/g, ' ');
  return bare.trim().slice(0, detailChars);
}

const cqlInput = z.object({ statement: z.string(), limit: z.number().default(100) });

function cqlWords(input: unknown): [string, Words] {
  const parsed = cqlInput.safeParse(input);
  if (!parsed.success) return ['', undefined];
  const { statement, limit } = parsed.data;
  if (statement.length > statementChars) return [statementDetail(statement), undefined];
  const limits = limit === 100 ? [] : ['--limit', String(limit)];
  // What begins like a flag, a comment say, must not be taken for one.
  const end = statement.startsWith('-') ? ['--'] : [];
  return [statementDetail(statement), ['cql', ...limits, ...end, statement]];
}

/** One field of an input that a schema knows; `''` where it is not that. */
function field(input: unknown, name: string, schema: z.ZodType<string>): string {
  const fields = z.record(z.string(), z.unknown()).safeParse(input).data;
  return schema.safeParse(fields?.[name]).data ?? '';
}

function consumerWords(input: unknown): [string, Words] {
  const mode = field(input, 'mode', consumerMode);
  const isSpark = field(input, 'processor', processor) === 'spark';
  const words = ['consume', '--mode', mode, ...(isSpark ? ['--processor', 'spark'] : [])];
  return [isSpark ? `${mode} · spark` : mode, mode === '' ? undefined : words];
}

function startWords(input: unknown): [string, Words] {
  const leaves = z.object({ leaveRunning: z.literal(true) }).safeParse(input).success;
  return ['', leaves ? ['up', '--detach'] : ['up']];
}

function placeDetail(input: unknown): string {
  const place = messagePlace.safeParse(input).data;
  return place ? `${place.partition}/${place.offset}` : '';
}

/** Names only: addresses, users and files are nobody's business here. */
function changedDetail(input: unknown): string {
  return typeof input === 'object' && input !== null ? Object.keys(input).join(', ') : '';
}

function wordsOf(action: Action, input: unknown): [detail: string, words?: Words] {
  switch (action) {
    case 'stack.start':
      return startWords(input);
    case 'stack.stop':
      return ['', ['down']];
    case 'stack.reset':
      return ['', ['down', '--reset']];
    case 'services.restart':
    case 'services.stop':
      return [field(input, 'service', serviceName)];
    case 'producer.start':
      return producerWords(input);
    case 'consumer.start':
      return consumerWords(input);
    case 'messages.produce':
      return [field(input, 'kind', handMadeKind)];
    case 'deadLetters.putBack':
      return [placeDetail(input)];
    case 'cql.execute':
      return cqlWords(input);
    case 'export.start':
      return exportWords(input);
    case 'airflow.trigger':
      return airflowWords(input);
    case 'airflow.stop':
      return [field(input, 'run', z.string())];
    case 'airflow.setPaused':
    case 'weather.start':
      return weatherWords(input);
    case 'weather.export.start':
      return weatherExportWords(input);
    case 'settings.save':
      return [changedDetail(input)];
    case 'diagnostics.save':
      return bundleWords(input);
    case 'schemas.register':
    case 'producer.stop':
    case 'consumer.stop':
    case 'export.cancel':
    case 'weather.runNow':
    case 'weather.stop':
    case 'weather.export.cancel':
      return [''];
  }
}

/** `dataDir` where it is not the usual one. `input` as a client sent it: it may be anything. */
export function describeAction(action: Action, input: unknown, dataDir?: string): ActionWords {
  const [detail, words] = wordsOf(action, input);
  if (words === undefined) return { detail };
  const [name = '', ...rest] = words;
  const own = dataDir === undefined ? [] : ['--data-dir', dataDir];
  // In front: whatever follows `--` is no flag any more.
  const line = [...name.split(' '), ...own, ...rest].map(shellQuote).join(' ');
  return { detail, command: `npm run riacho -- ${line}` };
}
