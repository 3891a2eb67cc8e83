// From whatever was thrown to one sentence for a person, and the exit code that goes with it.
import { CommanderError } from 'commander';
import { errorCode, errorParams, RiachoError, type Fault } from '../words/errors.ts';
import type { Say } from './words.ts';

export const exitCodes = { done: 0, failed: 1, wrongUse: 2, interrupted: 130 } as const;

/** The fault in an error: our own, one that came over the contract, or the unexpected. */
export function faultOf(error: unknown): Fault {
  if (error instanceof RiachoError) return error.fault;
  if (error instanceof Error && 'code' in error && 'data' in error) {
    const code = errorCode.safeParse(error.code);
    const params = errorParams.safeParse(error.data);
    if (code.success && params.success) return { code: code.data, params: params.data };
    // The contract itself refused the input: the schema says where.
    if (error.code === 'BAD_REQUEST') return { code: 'BAD_INPUT', params: { detail: issuesOf(error.data) } };
  }
  return { code: 'UNEXPECTED', params: { detail: error instanceof Error ? error.message : String(error) } };
}

function issuesOf(data: unknown): string {
  const issues = (data as { issues?: { path?: unknown[]; message?: string }[] } | undefined)?.issues ?? [];
  return issues.map(({ path = [], message = '' }) => `${path.join('.')}: ${message}`).join('; ');
}

/**
 * One line: what happened, and what to do. Names of services are written as people write them; what a server said
 * may hold anything, so it is kept from steering a terminal, and gets the full stop that it lacks.
 */
export function sentenceOf({ code, params }: Fault, say: Say): string {
  const service = params['service'];
  const named = typeof service === 'string' ? { ...params, service: say(`services.${service}`) } : params;
  const flat = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const what = flat(say(`errors.${code}.what`, named));
  return `${what}${/[.!?…]$/u.test(what) ? '' : '.'} ${flat(say(`errors.${code}.next`, named))}`;
}

export function exitCodeOf({ code }: Fault): number {
  if (code === 'BAD_INPUT' || code === 'EXPORT_BAD_COLUMN') return exitCodes.wrongUse;
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
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? error.message.replace(/^error: /, '');
  return new RiachoError('BAD_INPUT', { detail: missing.has(error.code) ? `${quoted} ?` : quoted });
}
