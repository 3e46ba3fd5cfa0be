/** The connections behind a store: one set of options for embedded SQLite, one for MySQL and MariaDB. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DataSource, DefaultNamingStrategy, type Logger } from 'typeorm';
import { scrubbed } from './guard.ts';
import type { Dialect } from './kit.ts';
import type { FieldKeys } from './seal.ts';
import { SqliteDatabase } from './sqlite-driver.ts';

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

type Shared = Pick<
  ConstructorParameters<typeof DataSource>[0],
  'entities' | 'migrations' | 'namingStrategy' | 'logger'
>;

/** One connection writes; a second, read-only one reads beside it (WAL), so a reader never sees a half-done act. */
export function sqlite({ url }: StoreLocation, shared: Shared) {
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

export function mysql(type: 'mysql' | 'mariadb', { url, poolSize = 10 }: StoreLocation, shared: Shared) {
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
export async function dialectOf(url: string): Promise<Dialect> {
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

export class SnakeCase extends DefaultNamingStrategy {
  override columnName(property: string, custom: string | undefined): string {
    return custom ?? snakeCase(property);
  }
}

export function snakeCase(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Counts statements for the budgets in tests and bench; writes nothing, since parameters are personal data. */
export function countingLogger(stats: StoreStats): Logger {
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
