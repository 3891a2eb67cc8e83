// What a person can set; lies as settings.json in the data folder. Secrets are not in here.
import { z } from 'zod';
import { engineKind, stackProfile } from './stack.ts';

const port = z.number().int().min(1).max(65_535);
const megabytes = z.number().int().min(256).max(65_536);

export const externalSettings = z.object({
  /** `host:port`, separated by commas. */
  brokers: z.string().max(2_000).default(''),
  contactPoints: z.string().max(2_000).default(''),
  localDataCenter: z.string().max(200).default(''),
  kafkaUser: z.string().max(200).default(''),
  kafkaTls: z.boolean().default(false),
  cassandraUser: z.string().max(200).default(''),
  cassandraTls: z.boolean().default(false),
  /** Address of a Schema Registry that asks for no login; empty for none. */
  schemaRegistryUrl: z.string().max(2_000).default(''),
  /** Path of a PEM file. */
  tlsCa: z.string().max(4_096).default(''),
  /** Whether topics, keyspace and table may be made where they are missing. */
  create: z.boolean().default(false),
  replication: z.number().int().min(1).max(9).default(1),
});
export type ExternalSettings = z.infer<typeof externalSettings>;

export const settings = z.object({
  language: z.enum(['system', 'en', 'pt-BR']).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  engine: engineKind.default('embedded'),
  /** Where Kafka and Cassandra listen; the embedded ones move where a port is taken. */
  ports: z.object({ kafka: port.default(9_092), cassandra: port.default(9_042) }).prefault({}),
  /** Heap of each embedded service, in MiB. */
  memoryMb: z.object({ kafka: megabytes.default(256), cassandra: megabytes.default(512) }).prefault({}),
  docker: z.object({ profile: stackProfile.default('light') }).prefault({}),
  external: externalSettings.prefault({}),
  /** Whether users' pictures may be fetched from randomuser.me. */
  showPictures: z.boolean().default(true),
});
export type Settings = z.infer<typeof settings>;

const { language, theme, engine, ports, memoryMb, docker, external, showPictures } = settings.shape;
/** The parts to change, each as a whole. Without defaults: what is not named stays as it is. */
export const settingsPatch = z
  .object({
    language: language.unwrap(),
    theme: theme.unwrap(),
    engine: engine.unwrap(),
    ports: ports.unwrap(),
    memoryMb: memoryMb.unwrap(),
    docker: docker.unwrap(),
    external: external.unwrap(),
    showPictures: showPictures.unwrap(),
  })
  .partial();
export type SettingsPatch = z.infer<typeof settingsPatch>;

/** Passwords of an external cluster: kept in the app's memory only, until it ends. */
export const secrets = z.object({
  kafkaPassword: z.string().max(1_000).optional(),
  cassandraPassword: z.string().max(1_000).optional(),
});
export type Secrets = z.infer<typeof secrets>;
