// Cassandra through cassandra-driver: this file and `driver-reconnection.ts` are all that know the library. Everything else
// speaks `database.ts`.
import cassandra, {
  type Client as DriverClient,
  type ClientOptions,
  type QueryOptions,
  type types,
} from 'cassandra-driver';
import { RiachoError } from '../../words/errors.ts';
import { userColumns, usersKeyspace, usersTable, type User } from '../../words/users.ts';
import { openLink } from '../link.ts';
import { returnToKnownHosts } from './driver-reconnection.ts';
import { OwnersFirst } from './driver-routing.ts';
import { RowRefusedError, type Creation, type Database, type Page, type RingPart } from './database.ts';
import { firstToken, ringTokens } from './ring.ts';
import { usersTableDifference } from './table-shape.ts';

const { auth, errors, policies, types: driverTypes } = cassandra;
const { responseErrorCodes, consistencies } = driverTypes;

const table = `${usersKeyspace}.${usersTable}`;
const upsertStatement = `INSERT INTO ${table} (${userColumns.join(', ')}) VALUES (${userColumns.map(() => '?').join(', ')})`;
/** Counting goes range by range: 64 ranges of a million rows are 16,000 rows each, far from any timeout. */
const countRanges = 64;
/** Cassandra's own default, taken where the server does not tell. */
const defaultSyncPeriodMs = 10_000;
const requestTimeoutMs = 10_000;
const deadlineMs = 15_000;
/** One row, written or asked for, takes milliseconds; the node itself gives up on it after two seconds. */
const rowTimeoutMs = 5_000;

export interface CassandraOptions {
  /** `host:port` of each contact point. */
  contactPoints: string[];
  localDataCenter: string;
  tls?: { ca?: string };
  credentials?: { username: string; password: string };
}

/** The answers that will be the same tomorrow: the row is at fault, not the node. */
const refusals = new Set([responseErrorCodes.invalid, responseErrorCodes.syntaxError]);
const denials = new Set([responseErrorCodes.badCredentials, responseErrorCodes.unauthorized]);

function translate(error: unknown, address: string): RiachoError {
  if (error instanceof RiachoError) return error;
  const inner = error instanceof errors.NoHostAvailableError ? Object.values(error.innerErrors) : [];
  const all = [error, ...inner];
  const isDenied = all.some(
    (one) =>
      one instanceof errors.AuthenticationError ||
      (one instanceof errors.ResponseError && denials.has(one.code)),
  );
  if (isDenied) return new RiachoError('ACCESS_DENIED', { service: 'cassandra' }, error);
  if (error instanceof errors.ResponseError && refusals.has(error.code)) {
    return new RiachoError('CQL_REFUSED', { detail: error.message }, error);
  }
  const isWrongCenter = error instanceof errors.ArgumentError || /localDataCenter/i.test(String(error));
  if (isWrongCenter) return new RiachoError('CASSANDRA_REFUSED', { detail: (error as Error).message }, error);
  return new RiachoError('CASSANDRA_UNREACHABLE', { address }, error);
}

function cellText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (Buffer.isBuffer(value)) return `0x${value.toString('hex')}`;
  if (value instanceof Date) return value.toISOString();
  const isPlain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  return isPlain ? JSON.stringify(value) : String(value as { toString(): string });
}

function toPage(result: types.ResultSet): Page {
  const columns = (result.columns ?? []).map(({ name }) => name);
  const rows = (result.rows ?? []).map((row) =>
    Object.fromEntries(columns.map((column) => [column, cellText(row[column])])),
  );
  return result.pageState ? { columns, rows, next: result.pageState } : { columns, rows };
}

returnToKnownHosts();

/** Opens a client. It connects with the first call and reconnects by itself; close it when done. */
export function openDriverDatabase(options: CassandraOptions): Database {
  const address = options.contactPoints.join(', ');
  const clientOptions: ClientOptions = {
    contactPoints: options.contactPoints,
    localDataCenter: options.localDataCenter,
    // A statement that failed is asked again by the consumer, which knows where to go on; not by the driver.
    policies: {
      retry: new policies.retry.FallthroughRetryPolicy(),
      reconnection: new policies.reconnection.ConstantReconnectionPolicy(250),
    },
    socketOptions: { readTimeout: requestTimeoutMs, connectTimeout: 3_000, tcpNoDelay: true },
    pooling: { coreConnectionsPerHost: { [driverTypes.distance.local]: 1 }, maxRequestsPerConnection: 2_048 },
    queryOptions: { consistency: consistencies.localQuorum, isIdempotent: true },
  };
  if (options.credentials) {
    const { username, password } = options.credentials;
    clientOptions.authProvider = new auth.PlainTextAuthProvider(username, password);
  }
  if (options.tls) {
    clientOptions.sslOptions = { rejectUnauthorized: true, ...(options.tls.ca && { ca: [options.tls.ca] }) };
  }
  const link = openLink({
    deadlineMs,
    make: () =>
      new cassandra.Client({
        ...clientOptions,
        // One for each client: it remembers that client's nodes.
        policies: { ...clientOptions.policies, loadBalancing: new OwnersFirst() },
      }),
    connect: (client) => client.connect(),
    end: (client) => client.shutdown(),
    // The driver keeps a connection on which nothing is answered until 64 questions went unheard.
    isBroken: (error) => error instanceof errors.OperationTimedOutError,
  });

  async function ask<T>(call: (client: DriverClient) => Promise<T>): Promise<T> {
    try {
      return await link.ask(call);
    } catch (error) {
      throw translate(error, address);
    }
  }
  const query = (text: string, params: unknown[] = [], more: QueryOptions = {}): Promise<types.ResultSet> =>
    ask((client) => client.execute(text, params, { prepare: params.length > 0, ...more }));

  async function readPart(
    columns: readonly string[],
    { from, until, limit }: RingPart,
  ): Promise<{ rows: types.Row[]; tokens: string[] }> {
    const end = until === undefined ? '' : ' AND token(id) <= ?';
    const tokens = [from, ...(until === undefined ? [] : [until])].map((one) =>
      driverTypes.Long.fromString(one),
    );
    const { rows } = await query(
      `SELECT ${[...columns, 'token(id) AS place'].join(', ')} FROM ${table} WHERE token(id) >= ?${end} LIMIT ?`,
      [...tokens, limit],
      { fetchSize: limit },
    );
    return { rows, tokens: rows.map((row) => String(row['place'])) };
  }

  return {
    async clusterName() {
      const result = await query('SELECT cluster_name FROM system.local');
      return String(result.first()?.['cluster_name']);
    },
    async ensureUsersTable(creation) {
      await ensureTable(query, creation);
    },
    async upsert(user: User) {
      const values = userColumns.map((column) => user[column]);
      try {
        await link.ask((client) =>
          client.execute(upsertStatement, values, { prepare: true, readTimeout: rowTimeoutMs }),
        );
      } catch (error) {
        if (error instanceof errors.ResponseError && refusals.has(error.code)) {
          throw new RowRefusedError(error.message, { cause: error });
        }
        throw translate(error, address);
      }
    },
    async incarnation() {
      return ask(async (client) => {
        const up = client.hosts.values().filter((host) => host.isUp());
        const lives = await Promise.all(
          up.map(async (host) => {
            const found = await client.execute('SELECT host_id, gossip_generation FROM system.local', [], {
              host,
              readTimeout: rowTimeoutMs,
            });
            const row = found.first();
            return `${String(row?.['host_id'])}:${String(row?.['gossip_generation'])}`;
          }),
        );
        if (lives.length === 0) throw new RiachoError('CASSANDRA_UNREACHABLE', { address });
        return lives.sort().join(' ');
      });
    },
    async syncPeriodMs() {
      const rows = await query(
        "SELECT name, value FROM system_views.settings WHERE name IN ('commitlog_sync', 'commitlog_sync_period')",
      )
        .then((result) => result.rows)
        .catch(() => []);
      const settings = new Map(rows.map((row) => [String(row['name']), String(row['value'])]));
      if (settings.has('commitlog_sync') && settings.get('commitlog_sync') !== 'periodic') return 0;
      const period = Number.parseFloat(settings.get('commitlog_sync_period') ?? '');
      return Number.isFinite(period) ? period : defaultSyncPeriodMs;
    },
    async countUsers(signal) {
      let total = 0;
      for (const [from, to] of tokenRanges(countRanges)) {
        signal?.throwIfAborted();
        const text = `SELECT count(*) FROM ${table} WHERE token(id) >= ? AND token(id) <= ?`;
        const result = await query(text, [from, to]);
        total += Number(result.first()?.['count'] ?? 0);
      }
      return total;
    },
    async readUsers(size, page, part) {
      const where = part ? ' WHERE token(id) >= ? AND token(id) <= ?' : '';
      const ends = part ? [part.from, part.until].map((end) => driverTypes.Long.fromString(end)) : [];
      return toPage(
        await query(`SELECT ${userColumns.join(', ')} FROM ${table}${where}`, ends, {
          prepare: true,
          fetchSize: size,
          ...(page !== undefined && { pageState: page }),
        }),
      );
    },
    async readWindow(part) {
      const { rows, tokens } = await readPart([...userColumns], part);
      return {
        rows: rows.map((row) =>
          Object.fromEntries(userColumns.map((column) => [column, cellText(row[column])])),
        ),
        ...edges(tokens),
      };
    },
    async readTokens(part) {
      return (await readPart([], part)).tokens;
    },
    async findUser(id) {
      const result = await query(
        `SELECT ${userColumns.join(', ')}, writetime(email) AS written FROM ${table} WHERE id = ?`,
        [id],
      );
      const row = result.first();
      if (!row) return undefined;
      const cells = userColumns.map((column) => [column, cellText(row[column]) ?? '']);
      // The row has exactly these columns: they are what was selected.
      return {
        row: Object.fromEntries(cells) as User,
        writtenAt: Math.floor(Number(row['written']) / 1_000),
      };
    },
    async execute(statement, size) {
      return toPage(await query(statement, [], { fetchSize: size }));
    },
    close: () => link.close(),
  };
}

type Query = (text: string, params?: unknown[], more?: QueryOptions) => Promise<types.ResultSet>;

async function ensureTable(query: Query, creation: Creation | undefined): Promise<void> {
  if (creation) {
    await query(
      `CREATE KEYSPACE IF NOT EXISTS ${usersKeyspace} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': '${creation.replication}'}`,
    );
    const columns = userColumns.map((column) => `${column} text${column === 'id' ? ' PRIMARY KEY' : ''}`);
    await query(`CREATE TABLE IF NOT EXISTS ${table} (${columns.join(', ')})`);
  }
  const found = await query(
    'SELECT column_name, type, kind FROM system_schema.columns WHERE keyspace_name = ? AND table_name = ?',
    [usersKeyspace, usersTable],
  );
  if (found.rowLength === 0) throw new RiachoError('TABLE_MISSING', { table });
  const difference = usersTableDifference(
    found.rows.map((row) => ({
      name: String(row['column_name']),
      type: String(row['type']),
      kind: String(row['kind']),
    })),
  );
  if (difference !== '') throw new RiachoError('TABLE_SHAPE', { table, difference });
}

function edges(tokens: readonly string[]): { first?: string; last?: string } {
  const [first] = tokens;
  const last = tokens.at(-1);
  return first === undefined || last === undefined ? {} : { first, last };
}

/** The whole token ring in `count` adjoining ranges, both ends inclusive, as the driver's Long. */
function tokenRanges(count: number): [types.Long, types.Long][] {
  const width = ringTokens / BigInt(count);
  const long = (value: bigint): types.Long => driverTypes.Long.fromString(value.toString());
  return Array.from({ length: count }, (_, index) => {
    const from = firstToken + width * BigInt(index);
    return [long(from), long(from + width - 1n)];
  });
}
