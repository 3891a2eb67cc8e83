// From whatever was thrown to one sentence for a person, and the exit code that goes with it.
import { CommanderError } from 'commander';
import { faultOf as localFaultOf, RiachoError, type Fault } from '../words/errors.ts';
import { errorCode, errorParams } from '../words/fault.ts';
import type { Say } from './words.ts';

export const exitCodes = { done: 0, failed: 1, wrongUse: 2, interrupted: 130 } as const;

/** The fault in an error: our own, one that came over the contract, or the unexpected. */
export function faultOf(error: unknown): Fault {
  if (error instanceof Error && !(error instanceof RiachoError) && 'code' in error && 'data' in error) {
    const code = errorCode.safeParse(error.code);
    const params = errorParams.safeParse(error.data);
    if (code.success && params.success) return { code: code.data, params: params.data };
    // The contract itself refused the input: the schema says where.
    if (error.code === 'BAD_REQUEST') return { code: 'BAD_INPUT', params: { detail: issuesOf(error.data) } };
  }
  return localFaultOf(error);
}

function issuesOf(data: unknown): string {
  const issues = (data as { issues?: { path?: unknown[]; message?: string }[] } | undefined)?.issues ?? [];
  return issues.map(({ path = [], message = '' }) => `${path.join('.')}: ${message}`).join('; ');
}

const flat = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

/** A detail as a person says it, where it is one of the known ones; the sentence around it brings the full stop. */
export function detailOf(detail: string, say: Say): string {
  const key = `details.${detail}`;
  // Anything else may look like a key of another kind, and stays as it is.
  const known = /^[\w -]+$/.test(detail) ? say(key) : key;
  return (known === key ? detail : known).replace(/(?<![.\s])[.\s]+$/, '');
}

/**
 * What happened, on one line. Names of services are written as people write them; what a server said may hold
 * anything, so it is kept from steering a terminal, and gets the full stop that it lacks.
 */
export function whatOf({ code, params }: Fault, say: Say): string {
  const what = flat(say(`errors.${code}.what`, saidParams(params, say)));
  return /[.!?…]$/u.test(what) ? what : `${what}.`;
}

/** One line: what happened, and what to do. */
export function sentenceOf(fault: Fault, say: Say): string {
  return `${whatOf(fault, say)} ${flat(say(`errors.${fault.code}.next`, saidParams(fault.params, say)))}`;
}

/** Numbers in a fault are ports, lines and limits: names, which take no thousands separator. */
function saidParams(params: Fault['params'], say: Say): Record<string, string> {
  const entries = Object.entries(params).map(([name, value]): [string, string] => {
    if (name === 'service') return [name, say(`services.${value}`)];
    const isSaid = name === 'detail' || name === 'holder';
    return [name, isSaid ? detailOf(String(value), say) : String(value)];
  });
  return Object.fromEntries(entries);
}

export function exitCodeOf({ code }: Fault): number {
  if (code === 'BAD_INPUT' || code === 'INPUT_MISSING' || code === 'EXPORT_BAD_COLUMN')
    return exitCodes.wrongUse;
  return exitCodes.failed;
}

/** What commander misses, rather than finds wrong. */
const missing = new Set([
  'commander.missingArgument',
  'commander.missingMandatoryOptionValue',
  'commander.optionMissingArgument',
]);

/** What commander found wrong, as our own error; undefined where it only showed help or the version. */
export function commanderFault(error: CommanderError): RiachoError | undefined {
  if (error.exitCode === 0) return undefined;
  // Its messages quote the word at fault; the rest is English prose that we say in the person's language.
  const excess = /but got \d+: (.*)\.$/s.exec(error.message)?.[1];
  const detail = excess ?? /'([^']*)'/.exec(error.message)?.[1] ?? error.message.replace(/^error: /, '');
  return new RiachoError(missing.has(error.code) ? 'INPUT_MISSING' : 'BAD_INPUT', { detail });
}
