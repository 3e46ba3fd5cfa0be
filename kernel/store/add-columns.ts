import { TableColumn, TableIndex, type QueryRunner } from 'typeorm';
import type { Kit } from './kit.ts';
import { createTable, type NewTable } from './migration.ts';
import { snakeCase } from './sources.ts';

/** Columns a later migration adds. */
export interface MoreColumns {
  /** The table as it is afterwards, the new columns included. */
  readonly table: NewTable;
  /** Each new column, with the SQL that says what the rows already there get, from their other columns. */
  readonly added: Readonly<Record<string, string>>;
}

/**
 * Adds columns to a table that may have rows. A column that may not be null needs no default for it: SQLite
 * rebuilds the table, the MySQL family fills the column before it is closed. There a migration that broke off can be run again.
 */
export async function addColumns(runner: QueryRunner, kit: Kit, more: MoreColumns): Promise<void> {
  await (kit.dialect === 'sqlite' ? rebuild(runner, kit, more) : alter(runner, more));
}

/** Creates those of the table's indices that are not there; rebuilding a table on SQLite has made them already. */
export async function addIndices(
  runner: QueryRunner,
  kit: Kit,
  { name, indices = [] }: NewTable,
): Promise<void> {
  if (kit.dialect === 'sqlite') return;
  const present = (await runner.getTable(name))!.indices.map((index) => index.name);
  for (const index of indices.filter((one) => !present.includes(one.name))) {
    const columnNames = index.columns.map(snakeCase);
    const isUnique = index.unique === true;
    await runner.createIndex(name, new TableIndex({ name: index.name, columnNames, isUnique }));
  }
}

export async function dropColumns(runner: QueryRunner, { table, added }: MoreColumns): Promise<void> {
  const gone = Object.keys(added).map(snakeCase);
  // SQLite keeps no column that an index still names.
  for (const index of (await runner.getTable(table.name))!.indices) {
    if (index.columnNames.some((column) => gone.includes(column))) await runner.dropIndex(table.name, index);
  }
  for (const property of Object.keys(added)) {
    await runner.query(`ALTER TABLE ${table.name} DROP COLUMN ${snakeCase(property)}`);
  }
}

async function rebuild(runner: QueryRunner, kit: Kit, { table, added }: MoreColumns): Promise<void> {
  const { name, columns } = table;
  const before = `${name}_before`;
  for (const index of table.indices ?? []) await runner.query(`DROP INDEX IF EXISTS ${index.name}`);
  await runner.query(`ALTER TABLE ${name} RENAME TO ${before}`);
  const generated = Object.values(columns).some(({ generatedType }) => generatedType !== undefined);
  // TypeORM notes generated columns there; creating the table notes them again.
  if (generated) await runner.query(`DELETE FROM typeorm_metadata WHERE "table" = '${name}'`);
  await createTable(runner, kit, table);
  const kept = Object.keys(columns).filter(
    (property) => !(property in added) && columns[property]!.generatedType === undefined,
  );
  const list = [...kept, ...Object.keys(added)].map(snakeCase).join(', ');
  const values = [...kept.map(snakeCase), ...Object.values(added)].join(', ');
  await runner.query(`INSERT INTO ${name} (${list}) SELECT ${values} FROM ${before}`);
  await runner.query(`DROP TABLE ${before}`);
}

async function alter(runner: QueryRunner, { table: { name, columns }, added }: MoreColumns): Promise<void> {
  for (const [property, value] of Object.entries(added)) {
    const { type, length, precision, nullable } = columns[property]!;
    const column = new TableColumn({
      name: snakeCase(property),
      type: type as string,
      ...(length === undefined ? {} : { length: String(length) }),
      ...(precision == null ? {} : { precision }),
    });
    const definition = `${column.name} ${runner.connection.driver.createFullType(column)}`;
    if (!(await runner.hasColumn(name, column.name))) {
      await runner.query(`ALTER TABLE ${name} ADD COLUMN ${definition} NULL`);
    }
    await runner.query(`UPDATE ${name} SET ${column.name} = ${value} WHERE ${column.name} IS NULL`);
    if (!nullable) await runner.query(`ALTER TABLE ${name} MODIFY COLUMN ${definition} NOT NULL`);
  }
}
