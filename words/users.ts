// The `users` lab's fixed data contract: the record, its names in Kafka and Cassandra, and the e-mail rule.
// Other clients work with these names unchanged (the course's scripts among them).
import { z } from 'zod';

/** The 12 columns, in the table's and the CSV's order; all text, `id` the primary key. */
export const userColumns = [
  'id',
  'first_name',
  'last_name',
  'gender',
  'address',
  'post_code',
  'email',
  'username',
  'dob',
  'registered_date',
  'phone',
  'picture',
] as const;
export type UserColumn = (typeof userColumns)[number];

/** One record of the lab, and one row of its table: 12 texts. */
export type User = Record<UserColumn, string>;

export const usersTopic = 'dsa_kafka_topic';
export const usersDeadLetterTopic = 'dsa_kafka_topic.dlq';
export const usersKeyspace = 'dsa_dados_usuarios';
export const usersTable = 'tb_usuarios';
export const usersGroup = 'riacho-users';

/** The largest partition key Cassandra takes, in UTF-8 bytes. */
export const idMaxBytes = 65_535;

/** HTML's own rule for `<input type=email>`: takes every address that randomuser.me emits. */
export const emailPattern: RegExp = z.regexes.html5Email;
