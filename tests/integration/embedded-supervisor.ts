// The supervisor's entry for the integration tests, with probes of its own: `node … DATA CACHE`.
import { join } from 'node:path';
import cassandra from 'cassandra-driver';
import kafkajs from 'kafkajs';
import type { Probes } from '../../stack/engine.ts';
import { runSupervisor } from '../../stack/embedded/supervisor.ts';

const probes: Probes = {
  async kafka(address) {
    const kafka = new kafkajs.Kafka({
      brokers: [address],
      logLevel: kafkajs.logLevel.NOTHING,
      retry: { retries: 0 },
    });
    const admin = kafka.admin();
    try {
      await admin.connect();
      return (await admin.describeCluster()).clusterId;
    } finally {
      await admin.disconnect();
    }
  },
  async cassandra(address) {
    const client = new cassandra.Client({
      contactPoints: [address],
      localDataCenter: 'datacenter1',
      socketOptions: { connectTimeout: 1000, readTimeout: 2000 },
    });
    try {
      const found = await client.execute('SELECT cluster_name FROM system.local');
      return String(found.first()?.['cluster_name']);
    } finally {
      await client.shutdown();
    }
  },
};

const [dataDir = '', cacheDir = ''] = process.argv.slice(2);
const resourcesDir = join(import.meta.dirname, '../../compose/embedded');
await runSupervisor({ dataDir, cacheDir, resourcesDir, probes });
process.exit();
