import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DataSource, DefaultNamingStrategy, type EntitySchema, type Logger, type MixedList } from 'typeorm';
import { classify, Conflict, StoreFault } from './errors.ts';
import { columnKit, type Dialect, type Kit } from './kit.ts';
import { operationTable, type WithOperation } from './operation.ts';
import { WriterQueue } from './queue.ts';
import { Reader, runOn, Transaction } from './rows.ts';
import type { FieldKeys } from './seal.ts';
import { SqliteDatabase } from './sqlite-driver.ts';

export type Tables = Readonly<Record<string, EntitySchema<never>>>;

/** How a subgraph declares what it keeps; the same declaration serves every database. */
export interface StoreDefinition<T> {
  readonly name: string;
  tables(kit: Kit): T;
  /** Migration classes made for the dialect, oldest first. */
  migrations(kit: Kit): MixedList<new () => object>;
}

/** Where the data is: `sqlite:<path>` for an embedded file, or `mysql://…` for MySQL and MariaDB. */
export interface StoreLocation {
  readonly url: string;
  readonly keys: FieldKeys;
  readonly poolSize?: number;
}

export interface StoreStats {
  statements: number;
  retries: number;
}

export interface Store<T> {
  readonly tables: T;
  readonly keys: FieldKeys;
  readonly dialect: Dialect;
  readonly reader: Reader;
  readonly stats: StoreStats;
  /** All or nothing, repeated as a whole when the database asks for it; so no side effects inside. */
  readonly transaction: <R>(work: (tx: Transaction) => Promise<R>) => Promise<R>;
  /** The SQL that would still be needed to make the database look like the tables: empty when migrated. */
  drift(): Promise<string[]>;
  ready(): Promise<void>;
  close(): Promise<void>;
}

const ATTEMPTS = 6;

export async function openStore<T extends object>(
  definition: StoreDefinition<T>,
  location: StoreLocation,
  { migrate = true } = {},
): Promise<Store<T & WithOperation>> {
  const stats: StoreStats = { statements: 0, retries: 0 };
  const dialect = await dialectOf(location.url);
  const kit = columnKit(dialect, location.keys);
  const tables = { ...definition.tables(kit), operation: operationTable(kit) };
  const shared = {
    entities: Object.values(tables),
    migrations: definition.migrations(kit),
    namingStrategy: new SnakeCase(),
    logger: countingLogger(stats),
    logging: ['query'] as const,
  };
  const { writer, readers } =
    dialect === 'sqlite' ? sqlite(location, shared) : mysql(dialect, location, shared);
  await guarded(() => writer.initialize());
  if (migrate) await guarded(() => writer.runMigrations({ transaction: 'each' }));
  if (readers !== writer) await guarded(() => readers.initialize());

  const queue = new WriterQueue();
  const once = <R>(work: (tx: Transaction) => Promise<R>) => inTransaction(writer, dialect, work);
  return {
    tables,
    keys: location.keys,
    dialect,
    stats,
    reader: new Reader(readers, (text, params) => guarded(() => readOn(readers, text, params))),
    transaction: (work) =>
      dialect === 'sqlite'
        ? queue.run(() => retried(stats, () => once(work)))
        : retried(stats, () => once(work)),
    async drift() {
      const { upQueries } = await writer.driver.createSchemaBuilder().log();
      return upQueries.map((query) => query.query);
    },
    ready: () => guarded(async () => void (await readers.query('SELECT 1'))),
    async close() {
      if (readers !== writer) await readers.destroy();
      await writer.destroy();
    },
  };
}

async function readOn(source: DataSource, text: string, params: unknown[]) {
  const runner = source.createQueryRunner('slave');
  try {
    return await runOn(runner)(text, params);
  } finally {
    // SQLite has one shared runner that must stay; on the MySQL family release gives the connection back.
    if (source.options.type !== 'better-sqlite3') await runner.release();
  }
}

async function inTransaction<R>(
  source: DataSource,
  dialect: Dialect,
  work: (tx: Transaction) => Promise<R>,
): Promise<R> {
  const runner = source.createQueryRunner();
  try {
    await runner.startTransaction(dialect === 'sqlite' ? undefined : 'READ COMMITTED');
    const result = await work(new Transaction(source, runOn(runner)));
    await runner.commitTransaction();
    return result;
  } catch (error) {
    // A connection that is already lost cannot roll back; the server has done so.
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    if (dialect !== 'sqlite') await runner.release();
  }
}

async function retried<R>(stats: StoreStats, attempt: () => Promise<R>): Promise<R> {
  for (let n = 1; ; n++) {
    try {
      return await attempt();
    } catch (error) {
      const fault = classify(error);
      if (fault.kind !== 'RETRY' || n === ATTEMPTS) throw scrubbed(error);
      stats.retries++;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** n));
    }
  }
}

async function guarded<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    throw scrubbed(error);
  }
}

function scrubbed(error: unknown): unknown {
  const { kind, code } = classify(error);
  if (kind === 'UNIQUE') return new Conflict('A unique key is taken.');
  const fromDriver =
    error instanceof Error &&
    ('driverError' in error || 'sqlMessage' in error || 'errcode' in error || 'errno' in error);
  return fromDriver ? new StoreFault(code) : error;
}

type Shared = Pick<
  ConstructorParameters<typeof DataSource>[0],
  'entities' | 'migrations' | 'namingStrategy' | 'logger'
>;

/** One connection writes; a second, read-only one reads beside it (WAL), so a reader never sees a half-done act. */
function sqlite({ url }: StoreLocation, shared: Shared) {
  const database = url.slice('sqlite:'.length);
  mkdirSync(dirname(database), { recursive: true });
  const common = {
    type: 'better-sqlite3',
    database,
    driver: SqliteDatabase,
    statementCacheSize: 100,
    ...shared,
  } as const;
  const prepare = (connection: SqliteDatabase) => {
    connection.pragma('case_sensitive_like = ON');
    connection.pragma('cache_size = -4000');
  };
  const writer = new DataSource({ ...common, enableWAL: true, prepareDatabase: prepare });
  const readers = new DataSource({
    ...common,
    migrations: [],
    readonly: true,
    prepareDatabase: prepare,
  });
  return { writer, readers };
}

function mysql(type: 'mysql' | 'mariadb', { url, poolSize = 10 }: StoreLocation, shared: Shared) {
  const source = new DataSource({
    type,
    url,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    dateStrings: ['DATE'],
    supportBigNumbers: true,
    poolSize,
    ...shared,
  });
  return { writer: source, readers: source };
}

/** MySQL and MariaDB spell generated columns differently, so the server is asked which one it is. */
async function dialectOf(url: string): Promise<Dialect> {
  if (url.startsWith('sqlite:')) return 'sqlite';
  const { createConnection } = await import('mysql2/promise');
  const connection = await createConnection(url).catch((error: unknown) =>
    Promise.reject(scrubbed(error) as Error),
  );
  try {
    const [rows] = await connection.query('SELECT VERSION() AS version');
    return String((rows as { version: string }[])[0]!.version).includes('MariaDB') ? 'mariadb' : 'mysql';
  } finally {
    await connection.end();
  }
}

class SnakeCase extends DefaultNamingStrategy {
  override columnName(property: string, custom: string | undefined): string {
    return custom ?? snakeCase(property);
  }
}

export function snakeCase(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Counts statements for the budgets in tests and bench; writes nothing, since parameters are personal data. */
function countingLogger(stats: StoreStats): Logger {
  const nothing = () => undefined;
  return {
    logQuery: () => void stats.statements++,
    logQueryError: nothing,
    logQuerySlow: nothing,
    logSchemaBuild: nothing,
    logMigration: nothing,
    log: nothing,
  };
}
