// What a Schema Registry keeps of the lab: the schema of a record's message, and the names under which schemas are known.
import { z } from 'zod';
import { emailPattern, idMaxBytes, userColumns, usersTopic, type UserColumn } from './users.ts';

/** Under which the registry keeps the schema of the topic's values. */
export const usersSubject = `${usersTopic}-value`;

const text = z.union([z.string(), z.int(), z.boolean()]).meta({ id: 'text' });
const fields = Object.fromEntries(userColumns.map((column) => [column, text])) as Record<
  UserColumn,
  typeof text
>;

/**
 * What the JSON of a message must be to become a row, as far as a schema can say it. It cannot say that text is well-formed
 * Unicode, nor count an id's bytes; that is decided all the same (`tests/vectors`).
 */
export const userMessage = z
  .object({
    ...fields,
    id: z.union([z.string().min(1).max(idMaxBytes), z.int(), z.boolean()]),
    email: z.string().regex(emailPattern),
  })
  .meta({
    title: 'User',
    description:
      'One user of randomuser.me. Numbers and booleans are taken as their text; further fields are ignored.',
  });

/** `JSON`, `AVRO`, `PROTOBUF`, or what a registry may know besides. */
export const schemaType = z.string();

export const schemaVersion = z.object({
  version: z.number().int(),
  /** What a message names: the same in all of a registry's subjects. */
  id: z.number().int(),
  type: schemaType,
  schema: z.string(),
});
export type SchemaVersion = z.infer<typeof schemaVersion>;

/** The versions that are shown of a subject. */
export const versionsMax = 20;

/** A subject with its newest versions, the newest first; none where nothing was registered. */
export const schemaSubject = z.object({
  subject: z.string(),
  /** The registry's address. */
  registry: z.string(),
  /** What a further version must be to those before it, as the registry says it. */
  compatibility: z.string().optional(),
  versions: z.array(schemaVersion).max(versionsMax),
  /** How many there are. */
  total: z.number().int(),
});
export type SchemaSubject = z.infer<typeof schemaSubject>;

/** What a schema's id stands for. */
export const knownSchema = z.object({
  type: schemaType,
  usedBy: z.array(z.object({ subject: z.string(), version: z.number().int() })),
});
export type KnownSchema = z.infer<typeof knownSchema>;
