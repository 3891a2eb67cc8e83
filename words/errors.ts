// The closed list of what can go wrong, and the one error class that carries it between rooms.
// The sentences for each code stand in `sentences/`; nothing here is shown to a person.
import { z } from 'zod';

/** Every code a person can meet. Each has a sentence and a next step in every language. */
export const errorCodes = [
  'NO_JAVA',
  'JAVA_UNFIT',
  'NO_MAVEN',
  'JARS_UNREACHABLE',
  'JAR_CORRUPT',
  'SYSTEM_UNFIT',
  'DATA_FOLDER_UNWRITABLE',
  'DISK_FULL',
  'STACK_NOT_RUNNING',
  'STACK_BUSY',
  'SERVICE_FAILED',
  'SERVICE_FOREIGN',
  'BROKER_UNREACHABLE',
  'BROKER_REFUSED',
  'CASSANDRA_UNREACHABLE',
  'CASSANDRA_REFUSED',
  'ACCESS_DENIED',
  'TLS_UNTRUSTED',
  'TOPIC_MISSING',
  'TABLE_MISSING',
  'TABLE_SHAPE',
  'GROUP_BUSY',
  'RUN_ACTIVE',
  'SOURCE_UNREACHABLE',
  'SOURCE_NOT_API',
  'REPLAY_UNREADABLE',
  'REPLAY_NOT_USERS',
  'EXPORT_UNWRITABLE',
  'EXPORT_BAD_COLUMN',
  'CQL_REFUSED',
  'CQL_DESTRUCTIVE',
  'MESSAGE_GONE',
  'MESSAGE_TOO_LARGE',
  'LETTER_GONE',
  'LETTER_PUT_BACK',
  'SESSION_GONE',
  'STACK_RUNNING',
  'PORT_TAKEN',
  'PAGE_NOT_BUILT',
  'SERVICE_NOT_OURS',
  'DOCKER_NOT_RUNNING',
  'DOCKER_NOT_YET',
  'SETTINGS_UNREADABLE',
  'FILE_UNWRITABLE',
  'FILE_DIALOG_UNAVAILABLE',
  'CONNECTION_LOST',
  'BAD_INPUT',
  'INPUT_MISSING',
  'CANCELLED',
  'UNEXPECTED',
] as const;

export const errorCode = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCode>;

/** What a sentence needs to be filled in: names, addresses, numbers. Never a secret, never a stack trace. */
export const errorParams = z.record(z.string(), z.union([z.string(), z.number()]));
export type ErrorParams = z.infer<typeof errorParams>;

/** A fault as data: travels over the contract and stands in a service's status. */
export const fault = z.object({ code: errorCode, params: errorParams });
export type Fault = z.infer<typeof fault>;

/** What libraries put into their messages below the first line: where in the program it was. Only the log has that. */
function withoutTraces(params: ErrorParams): ErrorParams {
  const cut = (value: string | number) =>
    typeof value === 'string' ? value.replace(/\n\s+at [^\n]*:\d+:\d+\)?(?:\n[^]*)?$/, '') : value;
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, cut(value)]));
}

/**
 * Thrown wherever a person should hear of it. `params` fill the sentence of `code`;
 * `cause` keeps the evidence for the log file.
 */
export class RiachoError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}, cause?: unknown) {
    super(`${code} ${JSON.stringify(params)}`, cause === undefined ? {} : { cause });
    this.name = 'RiachoError';
    this.code = code;
    this.params = withoutTraces(params);
  }

  /** The same as plain data. */
  get fault(): Fault {
    return { code: this.code, params: this.params };
  }
}

/** Any error as a fault: our own as it is, everything else as `UNEXPECTED` with its message. */
export function faultOf(error: unknown): Fault {
  if (error instanceof RiachoError) return error.fault;
  return { code: 'UNEXPECTED', params: { detail: error instanceof Error ? error.message : String(error) } };
}
