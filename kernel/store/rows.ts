import type { DataSource, EntitySchema, QueryRunner } from 'typeorm';
import type { Actor } from './audit/entry.ts';
import { Conflict } from './errors.ts';
import { decodeRow, encode, shapeOf, type Shape } from './shape.ts';
import { inSpan } from './span.ts';
import { join, raw, sql, type Sql } from './sql.ts';
import { changedColumns, countOf, holdOf, inOrder, updateOf, type Change, type Versioned } from './update.ts';

export type Run = (
  text: string,
  params: unknown[],
) => Promise<{ records: Record<string, unknown>[]; affected: number }>;

export function runOn(runner: QueryRunner): Run {
  return async (text, params) => {
    const result = await inSpan(text, () => runner.query(text, params, true));
    return { records: (result.records ?? []) as Record<string, unknown>[], affected: result.affected ?? 0 };
  };
}

/** Reads: what loaders and lists need. */
export class Reader {
  protected readonly source: DataSource;
  protected readonly run: Run;

  constructor(source: DataSource, run: Run) {
    this.source = source;
    this.run = run;
  }

  /** Whole rows of one table; `tail` is everything from WHERE on. */
  async rows<T>(table: EntitySchema<T>, tail: Sql): Promise<T[]> {
    const shape = this.shape(table);
    const { records } = await this.run(`SELECT ${shape.list} FROM ${shape.table} ${tail.text}`, [
      ...tail.params,
    ]);
    return records.map((record) => decodeRow<T>(shape, record));
  }

  /** Some columns of one table, for whoever needs no more of it and may have no keys for the sealed ones. */
  async columnsOf<T, Name extends keyof T & string>(
    table: EntitySchema<T>,
    names: readonly Name[],
    tail: Sql,
  ): Promise<Pick<T, Name>[]> {
    const whole = this.shape(table);
    const columns = whole.columns.filter(({ property }) => names.some((name) => name === property));
    const list = columns.map(({ name }) => name).join(', ');
    const { records } = await this.run(`SELECT ${list} FROM ${whole.table} ${tail.text}`, [...tail.params]);
    return records.map((record) => decodeRow<Pick<T, Name>>({ ...whole, columns }, record));
  }

  /** Rows that look like a table's but are put together otherwise: `source` has every column of it. */
  async rowsFrom<T>(table: EntitySchema<never> | EntitySchema, source: Sql, tail: Sql): Promise<T[]> {
    const shape = this.shape(table);
    const text = `SELECT ${shape.list} FROM (${source.text}) AS ${shape.table} ${tail.text}`;
    const { records } = await this.run(text, [...source.params, ...tail.params]);
    return records.map((record) => decodeRow<T>(shape, record));
  }

  /**
   * Whole rows of a table named `alias`, with more columns beside them; `from` is everything after the row's own columns. For
   * a join that would otherwise be a second round trip.
   */
  async joined<T, More>(
    table: EntitySchema<T>,
    alias: string,
    from: Sql,
  ): Promise<{ readonly row: T; readonly more: More }[]> {
    const shape = this.shape(table as EntitySchema);
    const list = shape.columns.map(({ name }) => `${alias}.${name} AS ${name}`).join(', ');
    const { records } = await this.run(`SELECT ${list} ${from.text}`, [...from.params]);
    return records.map((record) => ({ row: decodeRow<T>(shape, record), more: record as More }));
  }

  /** Any other SELECT; the caller names the columns and converts numbers itself. */
  async select<T = Record<string, unknown>>(query: Sql): Promise<T[]> {
    return (await this.run(query.text, [...query.params])).records as T[];
  }

  protected shape(table: EntitySchema<never> | EntitySchema): Shape {
    return shapeOf(this.source.getMetadata(table as EntitySchema));
  }
}

/** Reads and writes inside one transaction. */
export class Transaction extends Reader {
  /** On whose behalf; null where the system acts by itself. */
  readonly by: Actor | null;
  /** The tables rows were added to or changed in. */
  readonly written = new Set<string>();

  constructor(source: DataSource, run: Run, by: Actor | null = null) {
    super(source, run);
    this.by = by;
  }

  async insert<T extends object>(table: EntitySchema<T>, rows: readonly T[]): Promise<void> {
    const shape = this.shape(table as EntitySchema);
    if (rows.length > 0) this.written.add(shape.table);
    const marks = `(${shape.columns.map(() => '?').join(',')})`;
    for (const chunk of chunks(rows, this.lengths())) {
      const params = chunk.flatMap((row) =>
        shape.columns.map((column) => encode(column, (row as Record<string, unknown>)[column.property])),
      );
      const values = chunk.map(() => marks).join(',');
      await this.run(`INSERT INTO ${shape.table} (${shape.list}) VALUES ${values}`, params);
    }
  }

  /**
   * Changes rows that must all still have the version they were read with, or throws Conflict. Many rows take
   * few statements, because each is a round trip with the locks held.
   */
  async update<T extends Versioned>(table: EntitySchema<T>, changes: readonly Change<T>[]): Promise<void> {
    const shape = this.shape(table as EntitySchema);
    const columns = changedColumns(shape, changes);
    if (changes.length > 0) this.written.add(shape.table);
    for (const chunk of chunks(inOrder(changes), this.lengths())) {
      const affected = await this.execute(updateOf(shape, columns, chunk));
      if (affected !== chunk.length) throw new Conflict();
    }
  }

  /**
   * Keeps rows as they were read until the transaction ends, or throws Conflict: for what is written beside
   * them and would be wrong if they had changed.
   */
  async hold<T extends Versioned>(table: EntitySchema<T>, rows: readonly T[]): Promise<void> {
    const shape = this.shape(table as EntitySchema);
    for (const chunk of chunks(inOrder(rows.map((row) => ({ before: row, after: row }))), this.lengths())) {
      const affected = await this.execute(holdOf(shape, chunk));
      if (affected !== chunk.length) throw new Conflict();
    }
  }

  /**
   * Are the rows still as they were read? Throws Conflict where not, and keeps nobody waiting: for a refusal, which
   * must be of one moment although its facts were read one after the other.
   */
  async still<T extends Versioned>(table: EntitySchema<T>, rows: readonly T[]): Promise<void> {
    const shape = this.shape(table as EntitySchema);
    const distinct = [...new Map(rows.map((row) => [row.id, row])).values()];
    for (const chunk of chunks(
      inOrder(distinct.map((row) => ({ before: row, after: row }))),
      this.lengths(),
    )) {
      const [found] = await this.select<{ n: unknown }>(countOf(shape, chunk));
      if (Number(found!.n) !== chunk.length) throw new Conflict();
    }
  }

  /** Sets the same values in every row the condition names; answers how many. For rows without a version. */
  async set<T extends object>(table: EntitySchema<T>, values: Partial<T>, where: Sql): Promise<number> {
    const shape = this.shape(table as EntitySchema);
    const assignments = Object.entries(values).map(([property, value]) => {
      const column = shape.byProperty.get(property)!;
      return sql`${raw(column.name)} = ${encode(column, value)}`;
    });
    this.written.add(shape.table);
    return this.execute(sql`UPDATE ${raw(shape.table)} SET ${join(assignments, ', ')} WHERE ${where}`);
  }

  /** A statement that changes rows; answers how many. */
  async execute(statement: Sql): Promise<number> {
    return (await this.run(statement.text, [...statement.params])).affected;
  }

  private lengths(): readonly number[] {
    return this.source.options.type === 'better-sqlite3' ? LITE_CHUNKS : CHUNKS;
  }
}

/** On the MySQL family a statement is a round trip, so a chunk takes all it can. */
const CHUNKS = [500];
/** On SQLite a statement is prepared and kept, so chunks have few lengths: each is one text in the cache. */
const LITE_CHUNKS = [256, 32, 4, 1];

function* chunks<T>(rows: readonly T[], lengths: readonly number[]): Generator<readonly T[]> {
  for (let i = 0; i < rows.length;) {
    const length = lengths.find((size) => size <= rows.length - i) ?? rows.length - i;
    yield rows.slice(i, (i += length));
  }
}
