// What the Spark job says of its end, and how its driver ended, as faults a person understands. Shows nothing.
import type { DriverEnd, SparkDriver } from '../../stack/spark-driver.ts';
import { tellingLine } from '../../stack/telling-line.ts';
import type { Fault } from '../../words/errors.ts';
import type { JobEvent } from './job-events.ts';

type Addresses = SparkDriver['addresses'];

/** Why it waits. */
export function waitFault(wanted: 'kafka' | 'cassandra' | 'executors', addresses: Addresses): Fault {
  switch (wanted) {
    case 'kafka':
      return { code: 'BROKER_UNREACHABLE', params: { address: addresses.kafka } };
    case 'cassandra':
      return { code: 'CASSANDRA_UNREACHABLE', params: { address: addresses.cassandra } };
    case 'executors':
      return { code: 'SPARK_NO_CORES', params: { address: addresses.master } };
  }
}

/** Why it failed, by its own word. */
export function failureFault(event: JobEvent & { event: 'failed' }, addresses: Addresses): Fault {
  const { reason, said: detail, jar = '', repository = '' } = event;
  switch (reason) {
    case 'jars-unreachable':
      return { code: 'SPARK_JARS_UNREACHABLE', params: { jar, repository, detail } };
    case 'kafka-unreachable':
      return waitFault('kafka', addresses);
    case 'cassandra-unreachable':
      return waitFault('cassandra', addresses);
    case 'spark-unreachable':
      return { code: 'SPARK_UNREACHABLE', params: { address: addresses.master } };
    case 'spark-lost':
      return { code: 'SPARK_LOST', params: { detail } };
    case 'topic-missing':
      return { code: 'TOPIC_MISSING', params: { topic: detail } };
    case 'topic-reset':
      return { code: 'SPARK_TOPIC_RESET', params: { detail } };
    case 'refused-by-table':
      return { code: 'SPARK_ROW_REFUSED', params: { detail } };
    case 'busy':
      return { code: 'SPARK_BUSY', params: { name: detail } };
    default:
      return { code: 'SPARK_FAILED', params: { detail } };
  }
}

/** Why a driver is gone that nobody has asked to go, and that has not said why. */
export function endFault({ exitCode, outOfMemory }: DriverEnd, lastLines: string[]): Fault {
  if (outOfMemory) return { code: 'SPARK_OUT_OF_MEMORY', params: {} };
  return { code: 'SPARK_ENDED', params: { exitCode, line: tellingLine(lastLines) } };
}
