import { createRequire } from 'node:module';

/** What both `node:sqlite` (Node 22.13 and later) and `@photostructure/sqlite` (Node 20) offer. */
interface DatabaseSync {
  prepare(sql: string): StatementSync;
  exec(sql: string): void;
  close(): void;
}
interface StatementSync {
  all(...values: unknown[]): unknown[];
  run(...values: unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  columns(): readonly unknown[];
}

const require = createRequire(import.meta.url);

function databaseClass(): new (
  path: string,
  options: { readOnly: boolean; timeout: number },
) => DatabaseSync {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const builtIn = major > 22 || (major === 22 && minor >= 13);
  const module = builtIn ? 'node:sqlite' : '@photostructure/sqlite';
  return (require(module) as { DatabaseSync: ReturnType<typeof databaseClass> }).DatabaseSync;
}

/**
 * The face of better-sqlite3 that TypeORM's driver speaks to, over a SQLite that needs no compiler.
 * Both packages answer alike; only this file knows which one is underneath.
 */
export class SqliteDatabase {
  private readonly database: DatabaseSync;

  constructor(path: string, options: { readonly: boolean; timeout: number }) {
    this.database = new (databaseClass())(path, { readOnly: options.readonly, timeout: options.timeout });
  }

  prepare(sql: string) {
    const statement = this.database.prepare(sql);
    return {
      reader: statement.columns().length > 0,
      all: (...values: unknown[]) => statement.all(...values),
      run: (...values: unknown[]) => {
        const { changes, lastInsertRowid } = statement.run(...values);
        return { changes: Number(changes), lastInsertRowid };
      },
    };
  }

  pragma(text: string): unknown[] {
    return this.database.prepare(`PRAGMA ${text}`).all();
  }

  exec(sql: string): void {
    this.database.exec(sql);
  }

  close(): void {
    this.database.close();
  }
}
