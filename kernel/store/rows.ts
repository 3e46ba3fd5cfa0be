import type { DataSource, EntitySchema, EntityMetadata, QueryRunner } from 'typeorm';
import { Conflict } from './errors.ts';
import { raw, sql, type Sql, join } from './sql.ts';

type Value = (value: unknown) => unknown;
interface Column {
  readonly property: string;
  readonly name: string;
  readonly encode: Value;
  readonly decode: Value;
}
interface Shape {
  readonly table: string;
  readonly columns: readonly Column[];
  readonly list: string;
  readonly byProperty: ReadonlyMap<string, Column>;
}

const same: Value = (value) => value;

/** How an EntitySchema's rows travel: the column list and each column's codec, read once from its metadata. */
function shapeOf(metadata: EntityMetadata): Shape {
  const columns = metadata.columns
    .filter((column) => column.isSelect)
    .map((column): Column => {
      const transformer = column.transformer as { to: Value; from: Value } | undefined;
      return {
        property: column.propertyName,
        name: column.databaseName,
        encode: transformer?.to ?? same,
        decode: transformer?.from ?? same,
      };
    });
  return {
    table: metadata.tableName,
    columns,
    list: columns.map((column) => column.name).join(', '),
    byProperty: new Map(columns.map((column) => [column.property, column])),
  };
}

export type Run = (
  text: string,
  params: unknown[],
) => Promise<{ records: Record<string, unknown>[]; affected: number }>;

export function runOn(runner: QueryRunner): Run {
  return async (text, params) => {
    const result = await runner.query(text, params, true);
    return { records: (result.records ?? []) as Record<string, unknown>[], affected: result.affected ?? 0 };
  };
}

/** Reads: what loaders and lists need. */
export class Reader {
  protected readonly source: DataSource;
  protected readonly run: Run;
  private static readonly shapes = new WeakMap<EntityMetadata, Shape>();

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

  /** Any other SELECT; the caller names the columns and converts numbers itself. */
  async select<T = Record<string, unknown>>(query: Sql): Promise<T[]> {
    return (await this.run(query.text, [...query.params])).records as T[];
  }

  protected shape(table: EntitySchema<never> | EntitySchema): Shape {
    const metadata = this.source.getMetadata(table as EntitySchema);
    let shape = Reader.shapes.get(metadata);
    if (!shape) Reader.shapes.set(metadata, (shape = shapeOf(metadata)));
    return shape;
  }
}

/** Reads and writes inside one transaction. */
export class Transaction extends Reader {
  async insert<T extends object>(table: EntitySchema<T>, rows: readonly T[]): Promise<void> {
    const shape = this.shape(table as EntitySchema);
    const marks = `(${shape.columns.map(() => '?').join(',')})`;
    for (const chunk of chunks(rows, this.source.options.type === 'better-sqlite3' ? LITE_CHUNKS : CHUNKS)) {
      const params = chunk.flatMap((row) =>
        shape.columns.map((column) => encode(column, (row as Record<string, unknown>)[column.property])),
      );
      const values = chunk.map(() => marks).join(',');
      await this.run(`INSERT INTO ${shape.table} (${shape.list}) VALUES ${values}`, params);
    }
  }

  /** Changes one row that must still have the version it was read with; the version moves on by one. */
  async update<T extends { version: number }>(
    table: EntitySchema<T>,
    key: Partial<T> & { version: number },
    changes: Partial<T>,
  ): Promise<void> {
    const shape = this.shape(table as EntitySchema);
    const pairs = (values: object): Sql[] =>
      Object.entries(values).map(([property, value]) => {
        const column = shape.byProperty.get(property);
        if (!column) throw new Error(`${shape.table} has no column for ${property}.`);
        return sql`${raw(column.name)} = ${encode(column, value)}`;
      });
    const set = join(pairs({ ...changes, version: key.version + 1 }), ', ');
    const where = join(pairs(key), ' AND ');
    const { affected } = await this.run(`UPDATE ${shape.table} SET ${set.text} WHERE ${where.text}`, [
      ...set.params,
      ...where.params,
    ]);
    if (affected !== 1) throw new Conflict(`${shape.table} changed meanwhile.`);
  }

  /** A statement that changes rows; answers how many. */
  async execute(statement: Sql): Promise<number> {
    return (await this.run(statement.text, [...statement.params])).affected;
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

function encode(column: Column, value: unknown): unknown {
  return value === null || value === undefined ? null : column.encode(value);
}

function decodeRow<T>(shape: Shape, record: Record<string, unknown>): T {
  const row: Record<string, unknown> = {};
  for (const column of shape.columns) {
    const value = record[column.name];
    row[column.property] = value === null || value === undefined ? null : column.decode(value);
  }
  return row as T;
}
