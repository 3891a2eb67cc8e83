// Kafka and Cassandra behind a proxy each, which they give as their own address: all of a client's words pass through.
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineCassandra } from '../../stack/embedded/cassandra.ts';
import { defineKafka } from '../../stack/embedded/kafka.ts';
import { eventually, openLab, type Lab } from '../integration/lab.ts';
import { prepareServers, startServer } from '../integration/own-servers.ts';
import { openDriverDatabase } from '../../pipeline/cassandra/driver-database.ts';
import { openKafkajsBroker } from '../../pipeline/kafka/kafkajs-broker.ts';
import { Proxy } from './proxy.ts';

export interface ProxiedLab {
  lab: Lab;
  kafka: Proxy;
  cassandra: Proxy;
  /** Ends servers and proxies too. */
  close(): Promise<void>;
}

async function answers(call: () => Promise<unknown>): Promise<boolean> {
  return call().then(
    () => true,
    () => false,
  );
}

/** A lab on an external cluster that is reached through the proxies alone. */
export async function openProxiedLab(): Promise<ProxiedLab> {
  const folder = await mkdtemp(join(tmpdir(), 'riacho-proxied-'));
  const ground = await prepareServers(folder);
  const { setting } = ground;
  const kafka = new Proxy(setting.ports.kafka);
  const cassandra = new Proxy(setting.ports.cassandra);
  await kafka.open();
  await cassandra.open();
  const definitions = [await defineKafka(setting), await defineCassandra(setting)];
  // Of two lines with one name the last one counts.
  const advertised = `\nadvertised.listeners=PLAINTEXT://127.0.0.1:${kafka.port}\n`;
  await appendFile(join(setting.servicesDir, 'kafka', 'server.properties'), advertised);
  const children = await Promise.all(definitions.map((definition) => startServer(definition, ground)));
  const stop = async (): Promise<void> => {
    await Promise.all(children.map((child) => child.stop()));
    kafka.close();
    cassandra.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const brokers = [`127.0.0.1:${kafka.port}`];
    const contactPoints = [`127.0.0.1:${cassandra.port}`];
    const broker = openKafkajsBroker({ brokers, retries: 0 });
    const database = openDriverDatabase({ contactPoints, localDataCenter: 'datacenter1' });
    await eventually('Kafka answers', () => answers(() => broker.clusterId()));
    await eventually('Cassandra answers', () => answers(() => database.clusterName()));
    await broker.close();
    await database.close();
    const addresses = ['--brokers', brokers.join(), '--contact-points', contactPoints.join()];
    const lab = await openLab({
      folder: join(folder, 'ours'),
      flags: ['--engine', 'external', ...addresses, '--create', '--replication', '1'],
    });
    return {
      lab,
      kafka,
      cassandra,
      async close() {
        await lab.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
