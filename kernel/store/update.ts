import { encode, type Column, type Shape } from './shape.ts';
import { join, raw, sql, type Sql } from './sql.ts';

export interface Versioned {
  readonly id: string;
  readonly version: number;
}

/** A row as it was read, and as it shall be; `version` moves on by itself. */
export interface Change<T> {
  readonly before: T;
  readonly after: T;
}

/**
 * In the order of the ids, so that two batches over the same rows wait for each other instead of deadlocking.
 */
export function inOrder<T extends Versioned>(changes: readonly Change<T>[]): Change<T>[] {
  return [...changes].sort((a, b) => (a.before.id < b.before.id ? -1 : 1));
}

/** The columns that change in any of the rows; every row then sets all of them. */
export function changedColumns<T extends Versioned>(
  { columns }: Shape,
  changes: readonly Change<T>[],
): Column[] {
  return columns.filter(
    ({ property }) =>
      property !== 'version' &&
      changes.some(({ before, after }) => valueIn(before, property) !== valueIn(after, property)),
  );
}

/** One statement for all the rows, which touches only those that still have their version. */
export function updateOf<T extends Versioned>(
  shape: Shape,
  columns: readonly Column[],
  changes: readonly Change<T>[],
): Sql {
  const keys = keysOf(shape, changes);
  const set = columns.map((column) => sql`${raw(column.name)} = ${newValue(column, changes, keys)}`);
  return sql`UPDATE ${raw(shape.table)} SET ${join([...set, raw('version = version + 1')], ', ')} WHERE ${asRead(changes, keys)}`;
}

/** One statement that changes nothing and counts the rows that still have their version; it locks them, too. */
export function holdOf<T extends Versioned>(shape: Shape, rows: readonly Change<T>[]): Sql {
  return sql`UPDATE ${raw(shape.table)} SET version = version WHERE ${asRead(rows, keysOf(shape, rows))}`;
}

/** How many of the rows still have their version. */
export function countOf<T extends Versioned>(shape: Shape, rows: readonly Change<T>[]): Sql {
  return sql`SELECT COUNT(*) AS n FROM ${raw(shape.table)} WHERE ${asRead(rows, keysOf(shape, rows))}`;
}

function keysOf<T extends Versioned>(shape: Shape, changes: readonly Change<T>[]): readonly unknown[] {
  const id = shape.byProperty.get('id')!;
  return changes.map(({ before }) => encode(id, before.id));
}

function asRead<T extends Versioned>(changes: readonly Change<T>[], keys: readonly unknown[]): Sql {
  return join(
    changes.map(({ before }, i) => sql`(id = ${keys[i]} AND version = ${before.version})`),
    ' OR ',
  );
}

/** A plain value where it is the same for all rows, as with who decided and when. */
function newValue<T>(column: Column, changes: readonly Change<T>[], keys: readonly unknown[]): Sql {
  const values = changes.map(({ after }) => encode(column, valueIn(after, column.property)));
  if (values.every((value) => isSame(value, values[0]))) return sql`${values[0]}`;
  const cases = values.map((value, i) => sql`WHEN ${keys[i]} THEN ${value}`);
  return sql`CASE id ${join(cases, ' ')} END`;
}

const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (a instanceof Date && b instanceof Date && a.getTime() === b.getTime());

const valueIn = (row: unknown, property: string) => (row as Record<string, unknown>)[property];
