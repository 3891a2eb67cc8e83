// What went wrong and what to do about it, in English: one entry a code. errors-pt-br.ts has the same.
import type { ErrorCode } from '../errors.ts';
import { sparkEn } from './errors-spark.ts';

/** What happened and why (`what`), and what to do about it (`next`). */
export interface ErrorSentence {
  what: string;
  next: string;
}

export const errorsEn: Record<ErrorCode, ErrorSentence> = {
  NO_JAVA: {
    what: 'The embedded stack needs Java, and none was found (JAVA_HOME, PATH and the usual folders were searched).',
    next: 'Install Java 17: {{command}}',
  },
  JAVA_UNFIT: {
    what: 'Java {{found}} at {{path}} was tried, but the stack did not start with it; Kafka and Cassandra here want Java 17.',
    next: 'Install Java 17: {{command}}',
  },
  NO_MAVEN: {
    what: 'The first start fetches Kafka and Cassandra with Maven, and there is no `mvn` on the PATH.',
    next: 'Install Maven: {{command}}',
  },
  JARS_UNREACHABLE: {
    what: 'Kafka and Cassandra could not be fetched: {{detail}}.',
    next: 'Check the network (and the proxy in Maven’s settings), then start again; what was fetched is kept.',
  },
  JAR_CORRUPT: {
    what: 'The file {{jar}} is not what it should be: its checksum does not fit.',
    next: 'Delete {{path}} and start again; it is then fetched anew.',
  },
  SYSTEM_UNFIT: {
    what: 'The embedded stack does not run on {{system}}: Cassandra supports Linux and macOS only.',
    next: 'Use another engine: --engine external with the addresses of a cluster.',
  },
  DATA_FOLDER_UNWRITABLE: {
    what: 'Nothing can be written in the data folder {{path}} ({{detail}}).',
    next: 'Choose another with --data-dir, or give yourself the right to write there.',
  },
  DATA_FOLDER_NEWER: {
    what: 'The data folder {{path}} was last used by a newer Riacho ({{version}}), and this one cannot read it.',
    next: 'Use that Riacho or a newer one, or another folder with --data-dir. Nothing in the folder was changed.',
  },
  MEMORY_SHORT: {
    what: 'Only {{free}} of memory are free, and Kafka and Cassandra want about {{wanted}}.',
    next: 'Close other programs first; it may start all the same, but slowly.',
  },
  DISK_SHORT: {
    what: 'Only {{free}} are free on the disk of {{path}}, and the lab wants {{wanted}}.',
    next: 'Free some space first; a start may fail half-way.',
  },
  DISK_FULL: {
    what: 'The disk is full: {{path}} could not be written.',
    next: 'Free some space and try again; nothing half-written was left.',
  },
  STACK_NOT_RUNNING: {
    what: 'The stack is not running, so there is nothing to ask.',
    next: 'Start it: npm run riacho -- up --detach',
  },
  STACK_BUSY: {
    what: 'The stack is just starting or stopping for another window or command.',
    next: 'Wait a moment and try again.',
  },
  SERVICE_FAILED: {
    what: '{{service}} did not start or did not stay up: {{line}}',
    next: 'The whole story is in {{log}}.',
  },
  SERVICE_FOREIGN: {
    what: 'Another {{service}} answers at {{address}}, not the one that was started here; nothing was written to it.',
    next: 'End that program and start the stack again.',
  },
  BROKER_UNREACHABLE: {
    what: 'Kafka does not answer at {{address}}.',
    next: 'Check that it runs and that the address is right; a run that waits for it goes on by itself.',
  },
  BROKER_REFUSED: {
    what: 'Kafka refused the request: {{detail}}',
    next: 'If this is a cluster of your own, ask whoever runs it; the log has the details.',
  },
  CASSANDRA_UNREACHABLE: {
    what: 'Cassandra does not answer at {{address}}.',
    next: 'Check that it runs and that the address is right; a run that waits for it goes on by itself.',
  },
  CASSANDRA_REFUSED: {
    what: 'Cassandra cannot be used as it was addressed: {{detail}}',
    next: 'Check the contact points and --local-data-center.',
  },
  ACCESS_DENIED: {
    what: '{{service}} did not accept the user or the password.',
    next: 'Check the user flag and the password’s environment variable (RIACHO_KAFKA_PASSWORD, RIACHO_CASSANDRA_PASSWORD).',
  },
  TLS_UNTRUSTED: {
    what: 'The certificate of {{service}} at {{address}} is not trusted: {{detail}}.',
    next: 'Give the authority that signed it: --tls-ca FILE (PEM).',
  },
  TOPIC_MISSING: {
    what: 'The topic {{topic}} does not exist, and nothing is created on this cluster unasked.',
    next: 'Create it, or allow it: --create --replication N',
  },
  TABLE_MISSING: {
    what: 'The table {{table}} does not exist, and nothing is created on this cluster unasked.',
    next: 'Create it, or allow it: --create --replication N',
  },
  TABLE_SHAPE: {
    what: 'The table {{table}} exists with other columns than this lab writes: {{difference}}.',
    next: 'Rename or drop that table, or use another cluster; nothing was written to it.',
  },
  REGISTRY_MISSING: {
    what: 'This stack has no Schema Registry.',
    next: 'Start it with one: --profile registry, or give the address of yours: --engine external --schema-registry URL',
  },
  REGISTRY_UNREACHABLE: {
    what: 'The Schema Registry does not answer at {{address}}: {{detail}}.',
    next: 'See how it is: npm run riacho -- status. Messages and rows need no registry; they go on.',
  },
  REGISTRY_REFUSED: {
    what: 'The Schema Registry at {{address}} refused the request: {{detail}}',
    next: 'Check the address; a registry that asks for a login cannot be used. Messages and rows go on without it.',
  },
  SCHEMA_INCOMPATIBLE: {
    what: 'The Schema Registry has another schema under {{subject}}, and refused the record’s: {{detail}}',
    next: 'Remove that subject or set its compatibility to NONE, then start the stack again. Messages and rows go on without it.',
  },
  GROUP_BUSY: {
    what: 'Another consumer is at work in the group {{group}}.',
    next: 'Stop it first (another window or terminal of Riacho, perhaps), then start this one.',
  },
  RUN_ACTIVE: {
    what: 'This {{run}} is already running.',
    next: 'Stop it first, or wait until it ends.',
  },
  ...sparkEn,
  SOURCE_UNREACHABLE: {
    what: 'The source {{url}} cannot be reached: {{detail}}.',
    next: 'Check the network, or use generated data: --source offline',
  },
  SOURCE_NOT_API: {
    what: '{{url}} answered, but not as this API does: {{detail}}.',
    next: 'Check the address (a login page of a Wi-Fi answers like this), or use --source offline',
  },
  SOURCE_REFUSED: {
    what: '{{url}} refused the request: {{detail}}.',
    next: 'Check what was asked for: the address, or the places.',
  },
  PLACE_UNKNOWN: {
    what: 'No place called “{{place}}” was found.',
    next: 'Check the spelling, or give its coordinates: latitude,longitude, such as -5.79,-35.21',
  },
  NO_SQLITE: {
    what: 'The weather lab needs SQLite, which this Node.js ({{version}}) does not have built in.',
    next: 'Use Node.js 24, which comes with Riacho; the other lab works without.',
  },
  DATABASE_LOCKED: {
    what: 'Another program is holding the database {{path}}.',
    next: 'Close that program; it is tried again by itself.',
  },
  DATABASE_UNREADABLE: {
    what: 'The file {{path}} is no database that can be used ({{detail}}).',
    next: 'Move it away; a new one is then made by itself.',
  },
  DATABASE_NEWER: {
    what: 'The database {{path}} was written by a newer Riacho (its version {{found}}, known here {{known}}).',
    next: 'Use that newer Riacho, or move the file away.',
  },
  REPLAY_UNREADABLE: {
    what: 'The recording {{path}} cannot be read ({{detail}}).',
    next: 'Check the path and the right to read it.',
  },
  REPLAY_NOT_USERS: {
    what: '{{path}}, line {{line}}, holds no user of the API: {{detail}}.',
    next: 'A recording is an answer of randomuser.me, or one such user a line.',
  },
  EXPORT_UNWRITABLE: {
    what: 'The CSV cannot be written to {{path}} ({{detail}}).',
    next: 'Choose a folder that exists and that you may write to.',
  },
  EXPORT_BAD_COLUMN: {
    what: 'The table has no column {{column}}.',
    next: 'It has: {{columns}}.',
  },
  CQL_REFUSED: {
    what: 'Cassandra does not accept the statement: {{detail}}',
    next: 'Correct the statement and try again.',
  },
  CQL_DESTRUCTIVE: {
    what: 'This statement removes data: {{statement}}',
    next: 'Confirm it if you mean it; it cannot be undone.',
  },
  MESSAGE_GONE: {
    what: 'The message {{partition}}/{{offset}} is not in the topic any more.',
    next: 'Read the topic again to see what it holds now.',
  },
  MESSAGE_TOO_LARGE: {
    what: 'Kafka does not take a message of this size ({{size}} bytes).',
    next: 'Make it smaller, or raise max.message.bytes of the topic.',
  },
  LETTER_GONE: {
    what: 'There is no dead letter of the message {{partition}}/{{offset}}.',
    next: 'Read the dead letters again to see which there are.',
  },
  LETTER_PUT_BACK: {
    what: 'The dead letter of the message {{partition}}/{{offset}} was put back already, at {{at}}.',
    next: 'Look for it among the rows, or among the newer dead letters.',
  },
  SESSION_GONE: {
    what: 'This reading has ended, since nobody asked for it for a while.',
    next: 'Begin it again.',
  },
  STACK_RUNNING: {
    what: 'The stack is running, so this cannot be changed now.',
    next: 'Stop it first: npm run riacho -- down',
  },
  PORT_TAKEN: {
    what: 'Nothing can be served at port {{port}} of this machine ({{detail}}).',
    next: 'Choose another with --port, or leave it out: a free one is found.',
  },
  PAGE_NOT_BUILT: {
    what: 'The pages that a window or a browser shows have not been built: nothing is in {{path}}.',
    next: 'Build them: npm run build',
  },
  SERVICE_NOT_OURS: {
    what: '{{service}} was not started by Riacho, so it is not Riacho’s to stop or restart.',
    next: 'Ask whoever runs that cluster.',
  },
  DOCKER_MISSING: {
    what: 'No Docker was found on this machine (looked at: {{detail}}).',
    next: 'Install Docker and start it, then look again; the embedded stack needs none.',
  },
  DOCKER_NOT_RUNNING: {
    what: 'No Docker engine answers at {{address}} ({{detail}}).',
    next: 'Start Docker, then look again; the embedded stack needs none.',
  },
  DOCKER_DENIED: {
    what: 'This user may not use the Docker engine at {{address}}.',
    next: 'Add the user to the group docker and log in again, or use the embedded stack.',
  },
  DOCKER_TOO_OLD: {
    what: 'Docker {{version}} is older than what the stack needs ({{wanted}}).',
    next: 'Update Docker, then look again.',
  },
  DOCKER_REFUSED: {
    what: 'Docker could not do what was asked: {{detail}}',
    next: 'Try again; if it stays so, restart Docker.',
  },
  DOCKER_DISK_FULL: {
    what: 'Docker has no space left: {{detail}}',
    next: 'Free some with “docker system prune” or give Docker a larger disk, then start again.',
  },
  COMPOSE_UNREADABLE: {
    what: 'The compose file {{path}} cannot be used: {{detail}}',
    next: 'Put it right, or install Riacho anew.',
  },
  COMPOSE_UNKNOWN_KEY: {
    what: 'The compose file {{path}} has a key that Riacho does not know: {{key}}',
    next: 'Take the key out, or start the stack with “docker compose up -d”: Riacho takes it over.',
  },
  IMAGE_NOT_FOUND: {
    what: 'The image {{image}} does not exist, or may not be fetched without a login.',
    next: 'Check its name and tag; a version of one’s own is set in the file .env beside the compose file.',
  },
  IMAGE_LIMIT: {
    what: 'The registry lets this network fetch no more images for now: {{image}}',
    next: 'Wait some hours, log in with “docker login”, or use the embedded stack.',
  },
  IMAGE_UNREACHABLE: {
    what: 'The image {{image}} could not be fetched: {{detail}}',
    next: 'Check the network and start again; what was fetched stays.',
  },
  IMAGE_BUILD_FAILED: {
    what: 'The image of {{service}} could not be built: {{line}}',
    next: 'Check the network and start again; what was built stays.',
  },
  NOT_ENOUGH_MEMORY: {
    what: 'This stack needs {{wanted}} GB of memory, and Docker has {{found}} GB.',
    next: 'Choose a smaller profile, or give Docker more memory.',
  },
  SERVICE_PORT_TAKEN: {
    what: 'Port {{port}}, which {{service}} needs, is taken by {{holder}}.',
    next: 'Stop that, or choose another port in Settings.',
  },
  SERVICE_NAME_TAKEN: {
    what: 'A container that is not of this stack is already called {{name}}, as {{service}} has to be.',
    next: 'Rename or remove that one (docker rename {{name}} {{name}}-old), then start again.',
  },
  SERVICE_EXITED: {
    what: '{{service}} ended by itself with exit code {{exitCode}}: {{line}}',
    next: 'Its log says more; start again when the cause is gone.',
  },
  SERVICE_UNHEALTHY: {
    what: '{{service}} runs, but its check fails: {{line}}',
    next: 'Its log says more; give it more time, or restart it.',
  },
  SERVICE_OUT_OF_MEMORY: {
    what: '{{service}} was killed because it took more memory than its {{limit}} MB.',
    next: 'Restart it; if it happens again, close other programs or choose a smaller profile.',
  },
  SERVICE_REMOVED: {
    what: 'The container of {{service}} was removed from outside Riacho.',
    next: 'Start the stack again: it is made anew, and the data is still there.',
  },
  AIRFLOW_MISSING: {
    what: 'This stack has no Airflow.',
    next: 'Start one that has: npm run riacho -- up --engine docker --profile airflow --detach',
  },
  AIRFLOW_NOT_READY: {
    what: '{{service}} does not answer yet, or does not any more.',
    next: 'See how it is: npm run riacho -- status --engine docker',
  },
  AIRFLOW_UNREACHABLE: {
    what: 'Airflow does not answer at {{address}} ({{detail}}).',
    next: 'Wait a moment; if it stays so, start the stack again.',
  },
  AIRFLOW_DENIED: {
    what: 'Airflow does not accept its user {{user}} with the password that the stack drew for it.',
    next: 'Give it that password back: docker exec dsaservidor-airflow-webserver-1 bash -c \'airflow users reset-password -u {{user}} -p "$(cat /run/riacho/airflow-admin-password)"\'',
  },
  AIRFLOW_REFUSED: {
    what: 'Airflow refuses the request: {{detail}}',
    next: 'Correct what was asked for; the webserver’s log says more.',
  },
  AIRFLOW_DAG_MISSING: {
    what: 'Airflow knows no DAG called {{dag}}.',
    next: 'Look for its file in compose/airflow/dags; Airflow reads that folder anew every few minutes.',
  },
  AIRFLOW_DAG_BROKEN: {
    what: 'Airflow cannot load the DAG’s file {{path}}: {{detail}}',
    next: 'Mend the file in compose/airflow/dags; Airflow reads it again within half a minute.',
  },
  AIRFLOW_RUN_FAILED: {
    what: 'The DAG’s run failed: {{line}}',
    next: 'Read its log: npm run riacho -- airflow logs',
  },
  AIRFLOW_RUN_GONE: {
    what: 'Airflow has no run {{run}} of the DAG.',
    next: 'See which there are: npm run riacho -- airflow runs',
  },
  SETTINGS_UNREADABLE: {
    what: 'The settings in {{path}} cannot be understood ({{detail}}), so the usual ones are in force.',
    next: 'Save the settings anew, or mend the file.',
  },
  FILE_UNWRITABLE: {
    what: 'The file {{path}} cannot be written ({{detail}}).',
    next: 'Choose a folder that exists and that you may write to.',
  },
  FILE_DIALOG_UNAVAILABLE: {
    what: 'This cannot be opened from here ({{detail}}).',
    next: 'Copy the path and open it yourself: {{path}}',
  },
  CONNECTION_LOST: {
    what: 'The connection to Riacho was lost.',
    next: 'It is tried again every second; runs go on meanwhile.',
  },
  BAD_INPUT: {
    what: 'This cannot be used: {{detail}}',
    next: 'See: npm run riacho -- --help',
  },
  INPUT_MISSING: {
    what: 'This is missing: {{detail}}',
    next: 'See: npm run riacho -- --help',
  },
  CANCELLED: {
    what: 'Stopped before it was done.',
    next: 'Nothing half-written was left.',
  },
  UNEXPECTED: {
    what: 'Something happened that should not: {{detail}}',
    next: 'Please report it, with the log file.',
  },
};

/** The next step where it is another one in the window than in the terminal. */
export const nextInWindowEn = {
  AIRFLOW_MISSING: 'Stop the stack, choose the profile Airflow or Full, and start it again.',
  AIRFLOW_NOT_READY: 'Wait a moment; Services shows how it is, and can restart it.',
  AIRFLOW_UNREACHABLE: 'Wait a moment; if it stays so, restart the webserver on Services.',
  AIRFLOW_RUN_FAILED: 'Its log tells the whole story.',
  AIRFLOW_RUN_GONE: 'Look at the list again to see which there are.',
  SYSTEM_UNFIT: 'Choose another engine in Settings: external, with the addresses of a cluster.',
  DATA_FOLDER_UNWRITABLE:
    'Give yourself the right to write there, or start Riacho with --data-dir and another folder.',
  BROKER_UNREACHABLE: 'Services shows whether it runs; a run that waits for it goes on by itself.',
  CASSANDRA_UNREACHABLE: 'Services shows whether it runs; a run that waits for it goes on by itself.',
  SPARK_MISSING: 'Choose the profile spark of the Docker stack and start it.',
  STACK_NOT_RUNNING: 'Press Start stack on the Lab screen.',
  CASSANDRA_REFUSED: 'Check the contact points and the local data center in Settings.',
  REGISTRY_MISSING: 'Choose the profile registry for Docker, or give the address of yours in Settings.',
  REGISTRY_UNREACHABLE:
    'Services shows how it is and can restart it. Messages and rows need no registry; they go on.',
  SCHEMA_INCOMPATIBLE:
    'Remove that subject or set its compatibility to NONE, then register again. Messages and rows go on without it.',
  ACCESS_DENIED: 'Check the user and the password in Settings.',
  TLS_UNTRUSTED: 'Give the authority that signed it in Settings: a PEM file.',
  TOPIC_MISSING: 'Create it, or allow Riacho to in Settings.',
  TABLE_MISSING: 'Create it, or allow Riacho to in Settings.',
  SOURCE_UNREACHABLE: 'Check the network, or choose the source offline: data generated on this machine.',
  SOURCE_NOT_API: 'A login page of a Wi-Fi answers like this; log in there, or choose the source offline.',
  STACK_RUNNING: 'Press Stop stack first.',
  BAD_INPUT: 'Correct it and try again.',
  INPUT_MISSING: 'Fill it in and try again.',
} satisfies Partial<Record<ErrorCode, string>>;
