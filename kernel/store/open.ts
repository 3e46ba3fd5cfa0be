import type { DataSource } from 'typeorm';
import type { Actor } from './audit/entry.ts';
import { auditMigrations, auditTables, type AuditTables } from './audit/tables.ts';
import { grantToServing } from './grants.ts';
import { guarded, retried } from './guard.ts';
import { columnKit, type Dialect, type Kit } from './kit.ts';
import { operationTable, type WithOperation } from './operation.ts';
import { WriterQueue } from './queue.ts';
import { Reader, runOn, Transaction } from './rows.ts';
import { sealedTablesOf, type SealedTable } from './reseal.ts';
import type { FieldKeys } from './seal.ts';
import {
  countingLogger,
  dialectOf,
  mysql,
  SnakeCase,
  sqlite,
  type StoreLocation,
  type StoreStats,
} from './sources.ts';

export type { StoreLocation, StoreStats } from './sources.ts';

/** Tables every subgraph has beside its own. */
export type WithEach = WithOperation & AuditTables;

/** How a subgraph declares what it keeps; the same declaration serves every database. */
export interface StoreDefinition<T> {
  readonly name: string;
  tables(kit: Kit): T;
  /** Migration classes made for the dialect, oldest first. */
  migrations(kit: Kit): (new () => object)[];
}

export interface Store<T> {
  readonly tables: T;
  readonly keys: FieldKeys;
  readonly dialect: Dialect;
  readonly reader: Reader;
  readonly stats: StoreStats;
  /**
   * All or nothing, repeated as a whole when the database asks for it; so no side effects inside. `by` is on whose
   * behalf; left out where the system acts by itself.
   */
  readonly transaction: <R>(work: (tx: Transaction) => Promise<R>, by?: Actor) => Promise<R>;
  /** The SQL that would still be needed to make the database look like the tables: empty when migrated. */
  drift(): Promise<string[]>;
  /** Where personal values are, for sealing them anew. */
  sealedTables(): SealedTable[];
  ready(): Promise<void>;
  close(): Promise<void>;
}

export async function openStore<T extends object>(
  definition: StoreDefinition<T>,
  location: StoreLocation,
  { migrate = true } = {},
): Promise<Store<T & WithEach>> {
  const stats: StoreStats = { statements: 0, retries: 0 };
  const dialect = await dialectOf(location.url);
  const kit = columnKit(dialect, location.keys);
  const tables = { ...definition.tables(kit), operation: operationTable(kit), ...auditTables(kit) };
  const shared = {
    entities: Object.values(tables),
    migrations: [...definition.migrations(kit), ...auditMigrations(kit)],
    namingStrategy: new SnakeCase(),
    logger: countingLogger(stats),
    logging: ['query'] as const,
  };
  const { writer, readers } =
    dialect === 'sqlite' ? sqlite(location, shared) : mysql(dialect, location, shared);
  await guarded(() => writer.initialize());
  if (migrate) await guarded(() => writer.runMigrations({ transaction: 'each' }));
  if (migrate && dialect !== 'sqlite') await guarded(() => grantToServing(writer, location.url));
  if (readers !== writer) await guarded(() => readers.initialize());

  const queue = new WriterQueue();
  const once = <R>(work: (tx: Transaction) => Promise<R>, by?: Actor) =>
    inTransaction(writer, dialect, work, by);
  return {
    tables,
    keys: location.keys,
    dialect,
    stats,
    reader: new Reader(readers, (text, params) => guarded(() => readOn(readers, text, params))),
    transaction: (work, by) =>
      dialect === 'sqlite'
        ? queue.run(() => retried(stats, () => once(work, by)))
        : retried(stats, () => once(work, by)),
    async drift() {
      const { upQueries } = await writer.driver.createSchemaBuilder().log();
      return upQueries.map((query) => query.query);
    },
    sealedTables: () => sealedTablesOf(writer.entityMetadatas),
    ready: () => guarded(async () => void (await readers.query('SELECT 1'))),
    async close() {
      if (dialect === 'sqlite') {
        await readers.destroy();
        // Kept statements would keep the write-ahead log; whoever copies the file alone must have everything.
        await queue.run(() => writer.query('PRAGMA wal_checkpoint(TRUNCATE)'));
      }
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
  by: Actor | undefined,
): Promise<R> {
  const runner = source.createQueryRunner();
  try {
    await runner.startTransaction(dialect === 'sqlite' ? undefined : 'READ COMMITTED');
    const result = await work(new Transaction(source, runOn(runner), by));
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
