import type { EntityMetadata } from 'typeorm';
import type { Sealing } from './kit.ts';
import type { Store } from './open.ts';
import type { Transaction } from './rows.ts';
import { all, join, raw, sql, type Sql } from './sql.ts';

/** A table with sealed columns, as far as sealing goes. */
export interface SealedTable {
  readonly name: string;
  readonly key: readonly string[];
  /** Column to the name values are bound to. */
  readonly sealed: readonly { readonly column: string; readonly boundTo: string }[];
}

type Bytes = Readonly<Record<string, Uint8Array | null>>;
type AnyStore = Pick<Store<object>, 'keys' | 'reader' | 'transaction' | 'sealedTables'>;

const ROWS = 200;

/**
 * Seals anew whatever is not sealed with the current key and suite; answers how many values that were. Others may read and
 * write meanwhile: a value is replaced only where it is byte for byte what was read, so nobody's change is lost, and no
 * version moves, since nothing is said anew. After a kill it is started again and finds done what is done.
 */
export async function reseal(
  store: AnyStore,
  told: (table: string, values: number) => void = () => {},
): Promise<number> {
  let values = 0;
  for (const table of store.sealedTables()) {
    for await (const rows of pages(store, table)) {
      const stale = rows.filter((row) => table.sealed.some(({ column }) => isStale(store, row[column])));
      if (stale.length === 0) continue;
      const done = await store.transaction((tx) => resealRows(store, tx, table, stale));
      values += done;
      told(table.name, done);
    }
  }
  return values;
}

/** How many values each key has sealed, by its id; the suite does not matter. */
export async function sealedBy(store: AnyStore): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  for (const table of store.sealedTables())
    for await (const rows of pages(store, table))
      for (const row of rows)
        for (const { column } of table.sealed) {
          const id = row[column]?.[1];
          if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
        }
  return counts;
}

const isStale = ({ keys }: AnyStore, bytes: Uint8Array | null | undefined): bytes is Uint8Array =>
  bytes != null && !keys.isCurrent(bytes);

async function resealRows(
  store: AnyStore,
  tx: Transaction,
  table: SealedTable,
  rows: readonly Bytes[],
): Promise<number> {
  const { keys } = store;
  let done = 0;
  for (const row of rows) {
    for (const { column, boundTo } of table.sealed) {
      const before = row[column];
      if (!isStale(store, before)) continue;
      const after = keys.seal(boundTo, keys.unseal(boundTo, before));
      const where = [
        ...table.key.map((one) => sql`${raw(one)} = ${row[one]}`),
        sql`${raw(column)} = ${before}`,
      ];
      done += await tx.execute(
        sql`UPDATE ${raw(table.name)} SET ${raw(column)} = ${after} WHERE ${all(where)}`,
      );
    }
  }
  return done;
}

/** All rows in the order of their keys, however many there are. */
async function* pages({ reader }: AnyStore, { name, key, sealed }: SealedTable): AsyncGenerator<Bytes[]> {
  const columns = [...key, ...sealed.map(({ column }) => column)].join(', ');
  for (let last: Bytes | null = null; ;) {
    const rows: Bytes[] = await reader.select<Bytes>(
      sql`SELECT ${raw(columns)} FROM ${raw(name)} WHERE ${last ? after(key, last) : raw('TRUE')}
          ORDER BY ${raw(key.join(', '))} LIMIT ${ROWS}`,
    );
    if (rows.length > 0) yield rows;
    if (rows.length < ROWS) return;
    last = rows.at(-1)!;
  }
}

/** (a, b) > (x, y), written so that every database uses the key. */
function after(key: readonly string[], last: Bytes): Sql {
  const cases = key.map((column, i) =>
    all([
      ...key.slice(0, i).map((one) => sql`${raw(one)} = ${last[one]}`),
      sql`${raw(column)} > ${last[column]}`,
    ]),
  );
  return sql`(${join(
    cases.map((one) => sql`(${one})`),
    ' OR ',
  )})`;
}

/** The tables with sealed columns among a store's. */
export function sealedTablesOf(tables: readonly EntityMetadata[]): SealedTable[] {
  return tables.flatMap(({ tableName: name, columns, primaryColumns }) => {
    const sealed = columns.flatMap(({ databaseName: column, transformer }) => {
      const boundTo = (transformer as Partial<Sealing> | undefined)?.boundTo;
      return boundTo === undefined ? [] : [{ column, boundTo }];
    });
    const key = primaryColumns.map(({ databaseName }) => databaseName);
    return sealed.length === 0 ? [] : [{ name, key, sealed }];
  });
}
