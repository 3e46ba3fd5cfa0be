/** The school's own database: one SQLite file, and nothing in it that could not be told after a power cut. */
import { join } from 'node:path';
import type { FieldKeys } from '../../kernel/store/seal.ts';
import { SqliteDatabase } from '../../kernel/store/sqlite-driver.ts';

const TABLES = `
CREATE TABLE IF NOT EXISTS pupil (
  ref TEXT PRIMARY KEY, state TEXT NOT NULL,
  number BLOB, number_index BLOB UNIQUE, born_on TEXT,
  take_over_id TEXT UNIQUE, record_id TEXT, status TEXT, admitted_on TEXT,
  receipt_text TEXT, receipt_jws TEXT, code TEXT,
  sending TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS pupil_state ON pupil (state, sending);
CREATE TABLE IF NOT EXISTS outbox (
  key TEXT PRIMARY KEY, act TEXT NOT NULL, items BLOB NOT NULL, written_at TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS feed_place (partition INTEGER PRIMARY KEY, cursor TEXT, seq INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS feed_seen (id TEXT PRIMARY KEY, partition INTEGER NOT NULL, seq INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS record_copy (
  record_id TEXT PRIMARY KEY, version INTEGER NOT NULL, status TEXT, tombstone INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS receipt_key (kid TEXT PRIMARY KEY, alg TEXT NOT NULL, public_key TEXT NOT NULL) STRICT;
`;

type Value = string | number | null | Uint8Array;
export type Row = Readonly<Record<string, Value>>;

export class SchoolDatabase {
  private readonly db: SqliteDatabase;

  constructor(
    directory: string,
    readonly keys: FieldKeys,
  ) {
    this.db = new SqliteDatabase(join(directory, 'school.sqlite'), { readonly: false, timeout: 10_000 });
    this.db.pragma('journal_mode = WAL');
    this.db.pragma('synchronous = FULL');
    this.db.exec(TABLES);
  }

  rows(sql: string, ...values: Value[]): Row[] {
    return this.db.prepare(sql).all(...values) as Row[];
  }

  /** Answers how many rows it changed. */
  run(sql: string, ...values: Value[]): number {
    return this.db.prepare(sql).run(...values).changes;
  }

  /** All or nothing, also when the process is killed in the midst of it. Nothing asynchronous may happen inside. */
  transaction<T>(work: () => T): T {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.db.exec('COMMIT');
      return result;
    } catch (error) {
      this.db.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.db.close();
  }
}
