// Where the driver of a job runs whose cluster is the user's own: by a spark-submit of theirs, or in Spark's image.
import { dirname, join } from 'node:path';
import { masterPlace } from '../../stack/external/master-answers.ts';
import type { DriverOrder, SparkDriver } from '../../stack/spark-driver.ts';
import { RiachoError } from '../../words/errors.ts';
import type { EngineChoice } from '../engine-choice.ts';
import type { Folders } from '../folders.ts';

/** Rejects with `SPARK_MISSING`, `SPARK_ACCESS` where Kafka or Cassandra want a login or TLS, or as its two ways do. */
export async function startExternalDriver(
  { composeFile, dataDir }: Folders,
  choice: EngineChoice & { kind: 'external' },
  order: DriverOrder,
): Promise<SparkDriver> {
  const { addresses: known, access, sparkSubmit } = choice;
  if (known.sparkMaster === undefined) throw new RiachoError('SPARK_MISSING');
  const { kafka, cassandra } = access;
  if (kafka.tls || kafka.sasl || cassandra.tls || cassandra.credentials)
    throw new RiachoError('SPARK_ACCESS');
  const [brokers, contactPoints] = [known.brokers.join(','), known.contactPoints.join(',')];
  const addresses = { kafka: brokers, cassandra: contactPoints, master: masterPlace(known.sparkMaster) };
  const places = ['--brokers', brokers, '--contact-points', contactPoints, '--master', known.sparkMaster];
  const flags = [...order.flags, ...places];
  const job = join(dirname(composeFile), 'spark');
  if (sparkSubmit === undefined) {
    const { startLooseDriver } = await import('../../stack/docker/spark/loose-driver.ts');
    return startLooseDriver({ job, addresses, order: { ...order, flags } });
  }
  const { startLocalDriver } = await import('../../stack/external/local-driver.ts');
  return startLocalDriver({ submit: sparkSubmit, job, work: join(dataDir, 'spark'), flags, addresses });
}
