// The values of flags, read: durations, counts, sources, lists. Each refuses what it cannot read.
import { rateMax, timerMaxMs } from '../contract/contract.ts';
import { RiachoError } from '../words/errors.ts';
import type { ReadFrom } from '../words/messages.ts';
import { sourceName, type SourceName } from '../words/runs.ts';

function refuse(flag: string, text: string): never {
  throw new RiachoError('BAD_INPUT', { detail: `${flag} ${text}` });
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** `60s`, `5m`, `1h`, `500ms` or plain seconds, in ms; at most 24 days. */
export function duration(flag: string, maxMs = timerMaxMs): (text: string) => number {
  return (text) => {
    const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text);
    const ms = match ? Math.round(Number(match[1]) * (unitMs[match[2] ?? 's'] ?? 0)) : 0;
    return ms > 0 && ms <= maxMs ? ms : refuse(flag, text);
  };
}

/** Refuses what is more than the contract takes, before anything is started for it. */
function atMost(max: number, value: number, flag: string): number {
  return value > max ? refuse(flag, `${value} (> ${max})`) : value;
}

export function positiveInteger(flag: string, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    const isOne = /^\d+$/.test(text) && value > 0 && Number.isSafeInteger(value);
    return isOne ? atMost(max, value, flag) : refuse(flag, text);
  };
}

export function positiveNumber(flag: string, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    const isOne = text.trim() !== '' && value > 0 && Number.isFinite(value);
    return isOne ? atMost(max, value, flag) : refuse(flag, text);
  };
}

export function rate(text: string): number | 'max' {
  return text === 'max' ? 'max' : positiveNumber('--rate', rateMax)(text);
}

export function percent(text: string): number {
  const number = text.replace(/%$/, '').trim();
  const value = Number(number);
  return number !== '' && value >= 0 && value <= 100 ? value : refuse('--faulty', text);
}

/** `spark://host:port`, or several masters of one cluster: `spark://a:7077,b:7077`. */
export function sparkMaster(text: string): string {
  return /^spark:\/\/[^\s,:/]+:\d+(?:,[^\s,:/]+:\d+)*$/.test(text) ? text : refuse('--master', text);
}

export interface SourceFlag {
  source: SourceName;
  replayFile?: string;
}

export function source(text: string): SourceFlag {
  if (text.startsWith('replay:') && text.length > 'replay:'.length) {
    return { source: 'replay', replayFile: text.slice('replay:'.length) };
  }
  const name = sourceName.safeParse(text);
  return name.success && name.data !== 'replay' ? { source: name.data } : refuse('--source', text);
}

export function url(flag: string): (text: string) => string {
  return (text) => (URL.canParse(text) && /^https?:/.test(text) ? text : refuse(flag, text));
}

export function oneOf<T extends string>(flag: string, allowed: readonly T[]): (text: string) => T {
  return (text) => allowed.find((one) => one === text) ?? refuse(flag, `${text} (${allowed.join(', ')})`);
}

export function list(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** A list with something in it. */
export function someOf(flag: string): (text: string) => string[] {
  return (text) => {
    const parts = list(text);
    return parts.length > 0 ? parts : refuse(flag, text);
  };
}

/** `host:port` of each server. */
export function addresses(flag: string): (text: string) => string[] {
  return (text) => {
    const parts = someOf(flag)(text);
    const odd = parts.find((part) => !/^.+:\d{1,5}$/.test(part));
    return odd === undefined ? parts : refuse(flag, `${odd} (HOST:PORT)`);
  };
}

export function from(text: string): ReadFrom {
  if (text === 'beginning' || text === 'newest') return { at: text };
  const match = /^offset:(\d+)$/.exec(text);
  return match ? { at: 'offset', offset: Number(match[1]) } : refuse('--from', text);
}

export function separator(text: string): string {
  const character = text === '\\t' ? '\t' : text;
  return character.length === 1 && !/["\r\n]/.test(character) ? character : refuse('--separator', text);
}
