import { Table, type EntitySchemaColumnOptions, type QueryRunner } from 'typeorm';
import type { Kit } from './kit.ts';
import { snakeCase } from './sources.ts';

/** One table of a migration, said with the same column kinds as the EntitySchema, so the two cannot drift unseen. */
export interface NewTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, EntitySchemaColumnOptions>>;
  readonly indices?: readonly { name: string; columns: readonly string[]; unique?: boolean }[];
  /** Name to condition; TypeORM emits none on the MySQL family, so they are raw SQL there. */
  readonly checks?: Readonly<Record<string, string>>;
}

export async function createTable(runner: QueryRunner, kit: Kit, table: NewTable): Promise<void> {
  const lite = kit.dialect === 'sqlite';
  const checks = Object.entries(table.checks ?? {});
  await runner.createTable(
    new Table({
      name: table.name,
      columns: Object.entries(table.columns).map(([property, column]) => ({
        name: snakeCase(property),
        type: column.type as string,
        isPrimary: column.primary === true,
        isNullable: column.nullable === true,
        ...(column.length === undefined ? {} : { length: String(column.length) }),
        ...(column.precision == null ? {} : { precision: column.precision }),
        ...(column.generatedType === undefined
          ? {}
          : { generatedType: column.generatedType, asExpression: column.asExpression! }),
      })),
      indices: (table.indices ?? []).map((index) => ({
        name: index.name,
        columnNames: index.columns.map(snakeCase),
        isUnique: index.unique === true,
      })),
      checks: lite ? checks.map(([name, expression]) => ({ name, expression })) : [],
    }),
    true,
  );
  if (lite) return;
  for (const [name, condition] of checks) {
    await runner.query(`ALTER TABLE ${table.name} ADD CONSTRAINT ${name} CHECK (${condition})`);
  }
}

export interface MigrationBody {
  up(runner: QueryRunner): Promise<void>;
  down(runner: QueryRunner): Promise<void>;
}

/** A migration class TypeORM accepts; its name ends in the 13 digits that order it. */
export function migration(name: string, body: MigrationBody): new () => MigrationBody & { name: string } {
  return class {
    readonly name = name;
    up = (runner: QueryRunner) => body.up(runner);
    down = (runner: QueryRunner) => body.down(runner);
  };
}

/** The migration that creates tables and, backwards, drops them. */
export function creation(name: string, kit: Kit, tables: readonly NewTable[]) {
  return migration(name, {
    async up(runner) {
      for (const table of tables) await createTable(runner, kit, table);
    },
    async down(runner) {
      for (const table of [...tables].reverse()) await runner.dropTable(table.name, true);
    },
  });
}
