// A Kafka with SASL_SSL and a Cassandra with passwords and TLS, from the same jars as the embedded stack: a company's
// cluster, for tests. Whoever starts them stops them.
import { execFile } from 'node:child_process';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openDriverDatabase } from '../../pipeline/cassandra/driver-database.ts';
import { openKafkajsBroker } from '../../pipeline/kafka/kafkajs-broker.ts';
import { defineCassandra } from '../../stack/embedded/cassandra.ts';
import type { ServiceDefinition, StackSetting } from '../../stack/embedded/definition.ts';
import type { Java } from '../../stack/embedded/java.ts';
import { defineKafka } from '../../stack/embedded/kafka.ts';
import { eventually } from './lab.ts';
import { deadPort } from './machine.ts';
import { prepareServers, startServer } from './own-servers.ts';

export interface Secrets {
  user: string;
  kafkaPassword: string;
  cassandraPassword: string;
}

export interface SecuredServers {
  /** `host:port`. */
  broker: string;
  contactPoint: string;
  /** PEM file of the one authority that both certificates are of. */
  ca: string;
  stop(): Promise<void>;
}

const storePassword = 'only-of-this-test';

/** A key and a certificate for this machine's own names, as a Java key store; and the certificate as PEM. */
async function makeKey(folder: string, java: Java): Promise<{ store: string; ca: string }> {
  const store = join(folder, 'key.p12');
  const ca = join(folder, 'ca.pem');
  const entry = ['-alias', 'server', '-keystore', store, '-storepass', storePassword];
  const names = ['-dname', 'CN=riacho test', '-ext', 'SAN=DNS:localhost,IP:127.0.0.1'];
  const kind = ['-keyalg', 'EC', '-storetype', 'PKCS12', '-validity', '2', '-ext', 'BC:critical=ca:true'];
  const keytool = (...args: string[]) =>
    promisify(execFile)(join(java.home, 'bin', 'keytool'), [...args, ...entry]);
  await keytool('-genkeypair', ...names, ...kind);
  await keytool('-exportcert', '-rfc', '-file', ca);
  return { store, ca };
}

async function secureKafka(
  setting: StackSetting,
  store: string,
  secrets: Secrets,
): Promise<ServiceDefinition> {
  const definition = await defineKafka(setting);
  const { kafka, controller } = setting.ports;
  const { user, kafkaPassword } = secrets;
  const login = 'org.apache.kafka.common.security.plain.PlainLoginModule required';
  // Of two lines with one name the last one counts.
  const lines = [
    `listeners=SASL_SSL://127.0.0.1:${kafka},INTERNAL://127.0.0.1:${await deadPort()},CONTROLLER://127.0.0.1:${controller}`,
    `advertised.listeners=SASL_SSL://127.0.0.1:${kafka}`,
    'listener.security.protocol.map=SASL_SSL:SASL_SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name=INTERNAL',
    'sasl.enabled.mechanisms=PLAIN',
    `listener.name.sasl_ssl.plain.sasl.jaas.config=${login} user_${user}="${kafkaPassword}";`,
    `ssl.keystore.location=${store}`,
    'ssl.keystore.type=PKCS12',
    `ssl.keystore.password=${storePassword}`,
  ];
  // INTERNAL has to be advertised too: brokers talk over it.
  const internal = /INTERNAL:\/\/[^,]+/.exec(lines[0] ?? '')?.[0];
  lines[1] += `,${internal}`;
  await appendFile(join(setting.servicesDir, 'kafka', 'server.properties'), `\n${lines.join('\n')}\n`);
  return definition;
}

async function secureCassandra(setting: StackSetting, store: string): Promise<ServiceDefinition> {
  const definition = await defineCassandra(setting);
  const path = join(setting.servicesDir, 'cassandra', 'cassandra.yaml');
  const text = (await readFile(path, 'utf8')).replace('AllowAllAuthenticator', 'PasswordAuthenticator');
  const encryption = `client_encryption_options:
  enabled: true
  optional: false
  keystore: ${JSON.stringify(store)}
  keystore_password: ${storePassword}
  store_type: PKCS12
  require_client_auth: false
`;
  await writeFile(path, `${text}\n${encryption}`);
  return { ...definition, args: ['-Dcassandra.superuser_setup_delay_ms=0', ...definition.args] };
}

/** Starts both below `folder`, and resolves when the user gets in with the passwords. */
export async function startSecuredServers(folder: string, secrets: Secrets): Promise<SecuredServers> {
  await mkdir(folder, { recursive: true });
  const ground = await prepareServers(folder);
  const { java, setting } = ground;
  const { store, ca } = await makeKey(folder, java);
  const definitions = [await secureKafka(setting, store, secrets), await secureCassandra(setting, store)];
  const children = await Promise.all(definitions.map((definition) => startServer(definition, ground)));
  const stop = async (): Promise<void> => {
    await Promise.all(children.map((child) => child.stop()));
  };
  const [broker = '', contactPoint = ''] = definitions.map(({ address }) => address);
  try {
    const tls = { ca: await readFile(ca, 'utf8') };
    await Promise.all([letIntoKafka(broker, tls, secrets), letIntoCassandra(contactPoint, tls, secrets)]);
    return { broker, contactPoint, ca, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function letIntoKafka(address: string, tls: { ca: string }, secrets: Secrets): Promise<void> {
  const sasl = { username: secrets.user, password: secrets.kafkaPassword };
  const broker = openKafkajsBroker({ brokers: [address], tls, sasl, retries: 0 });
  const answers = (): Promise<boolean> =>
    broker.clusterId().then(
      () => true,
      () => false,
    );
  try {
    await eventually('Kafka lets the user in', answers);
  } finally {
    await broker.close();
  }
}

/** The first user, which every Cassandra has, makes ours. */
async function letIntoCassandra(address: string, tls: { ca: string }, secrets: Secrets): Promise<void> {
  const database = openDriverDatabase({
    contactPoints: [address],
    localDataCenter: 'datacenter1',
    tls,
    credentials: { username: 'cassandra', password: 'cassandra' },
  });
  const { user, cassandraPassword } = secrets;
  const statement = `CREATE ROLE IF NOT EXISTS ${user} WITH PASSWORD = '${cassandraPassword}' AND LOGIN = true AND SUPERUSER = true`;
  const answers = (): Promise<boolean> =>
    database.execute(statement, 1).then(
      () => true,
      () => false,
    );
  try {
    await eventually('Cassandra lets the user in', answers);
  } finally {
    await database.close();
  }
}
