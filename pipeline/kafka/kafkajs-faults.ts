// What kafkajs throws, turned into what a person should hear. Nothing else knows the library's error names.
import { RiachoError } from '../../words/errors.ts';
import { NoAnswerError } from '../link.ts';
import { FencedError, TooLargeError } from './broker.ts';

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let at = error; at instanceof Error && !causes.includes(at); at = at.cause) causes.push(at);
  return causes;
}

function protocolType(error: unknown): string | undefined {
  for (const cause of causesOf(error)) {
    const type = (cause as { type?: unknown }).type;
    if (typeof type === 'string') return type;
  }
  return undefined;
}

/** What a broker answers that has only just come back: the same question is answered in a moment. */
const notYet = new Set([
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'GROUP_LOAD_IN_PROGRESS',
  'NOT_COORDINATOR_FOR_GROUP',
  'LEADER_NOT_AVAILABLE',
]);

/** What a person should hear of a failure in the library; what is already ours passes through. */
export function translate(error: unknown, brokers: readonly string[], topic = ''): unknown {
  if (error instanceof RiachoError || error instanceof TooLargeError) return error;
  const type = protocolType(error);
  const names = causesOf(error).map(nameOf);
  if (type === 'MESSAGE_TOO_LARGE') return new TooLargeError('the broker takes no message of this size');
  if (type === 'INVALID_PRODUCER_EPOCH' || type === 'PRODUCER_FENCED') return new FencedError(error);
  if (type === 'UNKNOWN_TOPIC_OR_PARTITION') return new RiachoError('TOPIC_MISSING', { topic }, error);
  if (names.includes('KafkaJSSASLAuthenticationError') || type?.includes('AUTHORIZATION_FAILED')) {
    return new RiachoError('ACCESS_DENIED', { service: 'kafka' }, error);
  }
  const isGone =
    error instanceof NoAnswerError ||
    names.some((name) =>
      // A TypeError is the library's own stumble: where its retries run out, it takes an answer apart that never came.
      /Connection|Timeout|NoBroker|BrokerNotFound|GroupCoordinatorNotFound|MetadataNotLoaded|LockTimeout|^TypeError$/.test(
        name,
      ),
    );
  if (isGone || (type !== undefined && notYet.has(type))) {
    return new RiachoError('BROKER_UNREACHABLE', { address: brokers.join(', ') }, error);
  }
  const detail = error instanceof Error ? error.message : String(error);
  return new RiachoError('BROKER_REFUSED', { detail }, error);
}

/**
 * Whether another try may go well: what we call away may come back, whatever the library thinks of it; of the rest by
 * its own marks, or since it stumbled. Of errors of ours, what lies behind them counts.
 */
export function isWorthAnotherTry(error: unknown): boolean {
  const told = translate(error, []);
  const code = told instanceof RiachoError ? told.code : undefined;
  if (code === 'BROKER_UNREACHABLE' || code === 'TOPIC_MISSING') return true;
  if (code === 'ACCESS_DENIED') return false;
  const causes = causesOf(error);
  const last = causes.at(-1);
  return (
    causes.some((cause) => nameOf(cause) === 'KafkaJSNumberOfRetriesExceeded') ||
    (last instanceof Error && 'retriable' in last && last.retriable === true)
  );
}
