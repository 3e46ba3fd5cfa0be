import { TableIndex, type QueryRunner } from 'typeorm';
import { addColumns, addIndices, type MoreColumns } from '../../../../kernel/store/add-columns.ts';
import type { Kit } from '../../../../kernel/store/kit.ts';
import { createTable, migration, type NewTable } from '../../../../kernel/store/migration.ts';
import * as columns from '../columns.ts';
import { CHAIN_INDEX, INDICES, MERGED_INDEX } from '../indices.ts';
import { newProblemCaseTable } from '../problem-cases.ts';

const NAME = 'record_number';
const indices = [...INDICES.recordNumber, CHAIN_INDEX];

const before = (kit: Kit): NewTable => ({
  name: NAME,
  columns: { ...columns.recordNumber(kit), ...columns.numberChain(kit) },
  indices,
});

const claimed = (kit: Kit): MoreColumns => ({
  table: {
    name: NAME,
    columns: { ...columns.recordNumber(kit), ...columns.numberChain(kit), ...columns.numberClaim(kit) },
    indices,
  },
  added: { claim: '0' },
});

/** SQLite takes the key along as it rebuilds the table; elsewhere one statement changes it, and done twice it is done once. */
async function rekey(runner: QueryRunner, kit: Kit, key: readonly string[]): Promise<void> {
  if (kit.dialect === 'sqlite') return;
  const present = (await runner.getTable(NAME))!.primaryColumns.map(({ name }) => name);
  if (present.length !== key.length)
    await runner.query(`ALTER TABLE ${NAME} DROP PRIMARY KEY, ADD PRIMARY KEY (${key.join(', ')})`);
}

/** Suspected faults; and a number that another record rightly takes over is written once for each of them. */
export const problemCases = (kit: Kit) =>
  migration('ProblemCases1764000000011', {
    async up(runner) {
      await createTable(runner, kit, newProblemCaseTable(kit));
      const more = claimed(kit);
      await addColumns(runner, kit, more);
      await rekey(runner, kit, ['digest', 'claim']);
      await addIndices(runner, kit, more.table);
      const present = (await runner.getTable('record'))!.indices.map(({ name }) => name);
      const { name } = MERGED_INDEX;
      if (!present.includes(name))
        await runner.createIndex('record', new TableIndex({ name, columnNames: ['merged_into'] }));
    },
    async down(runner) {
      await runner.dropTable('problem_case', true);
      await runner.dropIndex('record', MERGED_INDEX.name);
      if (kit.dialect === 'sqlite') return addColumns(runner, kit, { table: before(kit), added: {} });
      await rekey(runner, kit, ['digest']);
      await runner.query(`ALTER TABLE ${NAME} DROP COLUMN claim`);
    },
  });
