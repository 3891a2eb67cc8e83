// Every sentence a person reads, in English. `{{name}}` is filled in by the caller; pt-BR.ts has the same keys.
import type { DeadLetterReason } from '../dead-letters.ts';
import type { ErrorCode } from '../errors.ts';

/** What happened and why (`what`), and what to do about it (`next`). */
export interface ErrorSentence {
  what: string;
  next: string;
}

const errors: Record<ErrorCode, ErrorSentence> = {
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
  GROUP_BUSY: {
    what: 'Another consumer is at work in the group {{group}}.',
    next: 'Stop it first (another window or terminal of Riacho, perhaps), then start this one.',
  },
  RUN_ACTIVE: {
    what: 'This {{run}} is already running.',
    next: 'Stop it first, or wait until it ends.',
  },
  SOURCE_UNREACHABLE: {
    what: 'The source {{url}} cannot be reached: {{detail}}.',
    next: 'Check the network, or use generated users: --source offline',
  },
  SOURCE_NOT_API: {
    what: '{{url}} answered, but not as the users’ API does: {{detail}}.',
    next: 'Check the address (a login page of a Wi-Fi answers like this), or use --source offline',
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

const reasons: Record<DeadLetterReason | 'unknown', string> = {
  'null-value': 'the message has no value',
  'empty-value': 'the value is empty',
  'not-utf8': 'the bytes are not UTF-8 text',
  'not-json': 'the text is not JSON',
  'not-object': 'the JSON is not an object',
  'missing-field': 'a field is missing',
  'null-field': 'a field is null',
  'list-field': 'a field holds a list',
  'object-field': 'a field holds an object',
  'unsafe-number': 'a field holds a number that is no safe integer',
  'ill-formed-text': 'a field holds text that is not well-formed Unicode',
  'empty-id': 'the id is empty',
  'id-too-long': 'the id is longer than 65,535 bytes',
  'bad-email': 'the e-mail is not valid',
  'refused-by-table': 'Cassandra refused the row',
  unknown: 'the letter does not say why',
};

export const en = {
  errors,
  reasons,
  services: { kafka: 'Kafka', cassandra: 'Cassandra' },
  states: {
    absent: 'absent',
    pulling: 'fetching',
    starting: 'starting',
    healthy: 'healthy',
    unhealthy: 'not answering',
    stopping: 'stopping',
    stopped: 'stopped',
    failed: 'failed',
  },
  steps: {
    fetching: 'fetching {{done}} of {{total}}',
    checking: 'checking what was fetched',
    launching: 'starting its process',
    answering: 'waiting for its first answer',
    restarting: 'starting again (attempt {{attempt}})',
  },
  notices: {
    'java-other': 'Java {{wanted}} was not found; trying Java {{found}} at {{path}}.',
    'port-moved': '{{service}}: port {{usual}} is taken, using {{port}}.',
  },
  sources: { randomuser: 'randomuser.me', offline: 'offline (generated here)', replay: 'recording' },
  waiting: {
    source: 'waiting for the source',
    kafka: 'waiting for Kafka',
    cassandra: 'waiting for Cassandra',
    group: 'waiting for the group to be free',
  },
  details: {
    'nothing of an external cluster is removed': 'nothing of an external cluster is removed',
    'no JSON': 'no JSON',
    'not UTF-8': 'not UTF-8',
    'answer cut off': 'the answer was cut off',
    'no users in the answer': 'no users in the answer',
    'no user in the file': 'no user in the file',
    ENOENT: 'not found, ENOENT',
    EACCES: 'no right to, EACCES',
    EPERM: 'no right to, EPERM',
    EROFS: 'read-only, EROFS',
    EEXIST: 'a file is in the way, EEXIST',
    ENOTDIR: 'a file is in the way, ENOTDIR',
    EISDIR: 'a folder is in the way, EISDIR',
    ENOTFOUND: 'the name is not known in this network, ENOTFOUND',
    EAI_AGAIN: 'no answer from the name server, EAI_AGAIN',
    ECONNREFUSED: 'nobody answers there, ECONNREFUSED',
  },
  findings: {
    node: 'Node.js',
    java: 'Java',
    maven: 'Maven',
    jars: 'Kafka and Cassandra',
    memory: 'memory',
    disk: 'disk',
    'data-folder': 'data folder',
    ports: 'ports',
    stack: 'stack',
  },
  cli: {
    about: 'Riacho: records flow from an API through Kafka into Cassandra, on this machine.',
    commands: {
      run: 'start the stack, produce and consume side by side, show the rows, stop',
      up: 'start the stack and keep it until Ctrl-C',
      status: 'say how the stack and the topic are',
      down: 'stop the stack; data stays',
      produce: 'send records to the topic of the running stack',
      consume: 'turn the messages of the running stack into rows',
      messages: 'show messages of the topic',
      rows: 'show rows of the table',
      cql: 'run a CQL statement',
      deadLetters: 'show messages that could not become rows, with the reason',
      export: 'write the table to a CSV file',
      doctor: 'say what is missing on this machine, and how to install it',
    },
    options: {
      source: 'where records come from: auto, randomuser, offline or replay:FILE',
      url: 'another address that answers as randomuser.me does',
      for: 'how long to produce, such as 60s, 5m or 1h',
      count: 'how many records to produce',
      rate: 'records a second, or max',
      faulty: 'share of records to spoil, in percent',
      mode: 'initial: from the beginning; append: only what is new',
      csv: 'write the rows to this file',
      json: 'one JSON object a line',
      dataDir: 'folder for topics, rows and logs',
      engine: 'embedded (Kafka and Cassandra on this machine) or external (addresses you give)',
      lang: 'language: en or pt-BR',
      detach: 'leave the stack running and return',
      reset: 'also remove all data: topics, rows and positions',
      consumeFor: 'stop after this time',
      untilIdle: 'stop when nothing has been waiting for this long',
      from: 'where to begin: beginning, newest or offset:N',
      limit: 'how many at most',
      filter: 'only messages that contain this text',
      id: 'the row with this id',
      columns: 'columns to write, separated by commas',
      separator: 'what stands between cells; \\t for a tab',
      bom: 'begin with a byte order mark, for Excel',
      raw: 'leave cells that a spreadsheet would run as they are',
      brokers: 'external: Kafka’s addresses, host:port, separated by commas',
      contactPoints: 'external: Cassandra’s addresses, host:port, separated by commas',
      localDataCenter: 'external: Cassandra’s local data center',
      kafkaUser: 'external: SASL/PLAIN user; the password is read from RIACHO_KAFKA_PASSWORD',
      kafkaTls: 'external: connect to Kafka with TLS',
      cassandraUser: 'external: user; the password is read from RIACHO_CASSANDRA_PASSWORD',
      cassandraTls: 'external: connect to Cassandra with TLS',
      tlsCa: 'external: file with the certificate authority, in PEM',
      create: 'external: create topics, keyspace and table where they are missing',
      replication: 'external: copies of what is created',
    },
    starting: 'Starting the stack ({{engine}}) …',
    stackState: '{{service}}: {{state}}',
    stackReady: '{{service}}: healthy at {{address}} after {{seconds}} s',
    up: 'The stack is up. Kafka at {{kafka}}, Cassandra at {{cassandra}}.',
    upHint: 'Ctrl-C stops it; data stays.',
    endedElsewhere: 'The stack was stopped by another window or command; data stays.',
    detached: 'It goes on running. Stop it with: npm run riacho -- down',
    stopping: 'Stopping …',
    stopped: 'The stack is stopped; data stays in {{dataDir}}.',
    stoppedForeign: 'The stack was not started here and goes on running.',
    reset: 'The stack is stopped and its data removed.',
    notRunning: 'The stack is not running.',
    progress:
      'produced {{produced}} · written {{written}} · dead letters {{deadLetters}} · waiting {{waiting}}',
    waits: '{{what}} Waiting, and trying again …',
    finishing: 'Producing has ended; waiting until everything is written …',
    producing: 'Producing from {{source}} at {{rate}}.',
    consuming: 'Consuming in mode {{mode}}.',
    rateEach: '{{rate}}/s',
    rateMax: 'full rate',
    fellBack: 'randomuser.me cannot be reached ({{detail}}): going on with users generated on this machine.',
    rewound: '{{service}} was away: what was not yet safe is being written again.',
    lost: '{{count}} messages were gone from the topic before they could be read; they count as skipped.',
    firstRows: 'The first {{count}} of {{total}} rows:',
    noRows: 'The table is empty. Fill it with: npm run riacho -- run',
    rowNotFound: 'There is no row with this id.',
    noMessages: 'No messages here. Bring some with: npm run riacho -- produce',
    noLetters: 'No dead letters: every message became a row.',
    scanned: 'Scanned {{scanned}} of {{total}}, matched {{matched}}.',
    lettersTotal: '{{count}} dead letters in all.',
    exporting: 'Writing {{file}}: {{rows}} rows, {{amount}} {{unit}}',
    exported: '{{rows}} rows, {{amount}} {{unit}} written to {{file}}',
    summary:
      'Done in {{seconds}} s: {{produced}} produced, {{written}} written, {{deadLetters}} dead letters, {{waiting}} waiting, {{skipped}} skipped; the table holds {{rows}} rows.',
    runDone: 'Done in {{seconds}} s.',
    sum: 'in topic {{inTopic}} = skipped {{skipped}} + written {{written}} + dead letters {{deadLetters}} + waiting {{waiting}}',
    statementDone: 'Done; the statement returns no rows.',
    moreRows: 'There are more rows; ask for them with --limit.',
    allWell: 'Everything needed is here.',
    somethingMissing: 'Something is missing; see above.',
    partition: 'partition',
    offset: 'offset',
    time: 'time',
    key: 'key',
    value: 'value',
    reason: 'reason',
    bytes: '{{size}} bytes that are not text',
    nothing: '(none)',
  },
};

/** The same keys, each with a sentence: what every language has to bring. */
export type Sentences = typeof en;
