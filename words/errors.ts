// The closed list of what can go wrong, and the one error class that carries it between rooms; the shapes of both, which
// the first screen does without, stand in fault.ts. The sentences for each code stand in `sentences/`; nothing here is
// shown to a person.

/** Every code a person can meet. Each has a sentence and a next step in every language. */
export const errorCodes = [
  'NO_JAVA',
  'JAVA_UNFIT',
  'NO_MAVEN',
  'JARS_UNREACHABLE',
  'JAR_CORRUPT',
  'SYSTEM_UNFIT',
  'DATA_FOLDER_UNWRITABLE',
  'DATA_FOLDER_NEWER',
  'MEMORY_SHORT',
  'DISK_SHORT',
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
  'REGISTRY_MISSING',
  'REGISTRY_UNREACHABLE',
  'REGISTRY_REFUSED',
  'SCHEMA_INCOMPATIBLE',
  'GROUP_BUSY',
  'RUN_ACTIVE',
  'SPARK_MISSING',
  'SPARK_BUSY',
  'SPARK_UNREACHABLE',
  'SPARK_NO_CORES',
  'SPARK_JARS_UNREACHABLE',
  'SPARK_TOPIC_RESET',
  'SPARK_ROW_REFUSED',
  'SPARK_ENDED',
  'SPARK_OUT_OF_MEMORY',
  'SPARK_LOST',
  'SPARK_ACCESS',
  'SPARK_SUBMIT_UNFIT',
  'SPARK_FAILED',
  'SOURCE_UNREACHABLE',
  'SOURCE_NOT_API',
  'SOURCE_REFUSED',
  'PLACE_UNKNOWN',
  'NO_SQLITE',
  'DATABASE_LOCKED',
  'DATABASE_UNREADABLE',
  'DATABASE_NEWER',
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
  'DOCKER_MISSING',
  'DOCKER_NOT_RUNNING',
  'DOCKER_DENIED',
  'DOCKER_TOO_OLD',
  'DOCKER_REFUSED',
  'DOCKER_DISK_FULL',
  'COMPOSE_UNREADABLE',
  'COMPOSE_UNKNOWN_KEY',
  'IMAGE_NOT_FOUND',
  'IMAGE_LIMIT',
  'IMAGE_UNREACHABLE',
  'IMAGE_BUILD_FAILED',
  'NOT_ENOUGH_MEMORY',
  'SERVICE_PORT_TAKEN',
  'SERVICE_NAME_TAKEN',
  'SERVICE_EXITED',
  'SERVICE_UNHEALTHY',
  'SERVICE_OUT_OF_MEMORY',
  'SERVICE_REMOVED',
  'AIRFLOW_MISSING',
  'AIRFLOW_NOT_READY',
  'AIRFLOW_UNREACHABLE',
  'AIRFLOW_DENIED',
  'AIRFLOW_REFUSED',
  'AIRFLOW_DAG_MISSING',
  'AIRFLOW_DAG_BROKEN',
  'AIRFLOW_RUN_FAILED',
  'AIRFLOW_RUN_GONE',
  'SETTINGS_UNREADABLE',
  'FILE_UNWRITABLE',
  'FILE_DIALOG_UNAVAILABLE',
  'CONNECTION_LOST',
  'BAD_INPUT',
  'INPUT_MISSING',
  'CANCELLED',
  'UNEXPECTED',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** What a sentence needs to be filled in: names, addresses, numbers. Never a secret, never a stack trace. */
export type ErrorParams = Record<string, string | number>;

/** A fault as data: travels over the contract and stands in a service's status. */
export interface Fault {
  code: ErrorCode;
  params: ErrorParams;
}

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
