import type { QueryRunner } from 'typeorm';
import { addColumns, dropColumns, type MoreColumns } from '../../../../kernel/store/add-columns.ts';
import type { Kit } from '../../../../kernel/store/kit.ts';
import { createTable, migration } from '../../../../kernel/store/migration.ts';
import * as columns from '../columns.ts';
import { INDICES } from '../indices.ts';

/** Until now the first institution had stated all of it; the others have known the nationality only. */
const ofHolders = (kit: Kit): MoreColumns => {
  const ownOf = (column: string) =>
    `(SELECT CASE WHEN c.registered_by = institution_code THEN c.${column} END FROM child c WHERE c.id = child_id)`;
  return {
    table: {
      name: 'child_holder',
      columns: { ...columns.childHolder(kit), ...columns.holding(kit), ...columns.origin(kit) },
      indices: INDICES.childHolder,
    },
    added: {
      nationality: '(SELECT c.nationality FROM child c WHERE c.id = child_id)',
      ethnicity: ownOf('ethnicity'),
      householdRegion: ownOf('household_region'),
    },
  };
};

const ofChildren = (kit: Kit): MoreColumns => {
  const stated = (column: string) =>
    `(SELECT h.${column} FROM child_holder h WHERE h.child_id = id AND h.institution_code = registered_by)`;
  return {
    table: {
      name: 'child',
      columns: { ...columns.child(kit), ...columns.origin(kit) },
      indices: INDICES.child,
    },
    added: {
      nationality: stated('nationality'),
      ethnicity: stated('ethnicity'),
      householdRegion: stated('household_region'),
    },
  };
};

/** All at once on the MySQL family, so that a migration that broke off finds all of them or none. */
async function dropFromChildren(runner: QueryRunner, kit: Kit): Promise<void> {
  if (kit.dialect === 'sqlite') return dropColumns(runner, ofChildren(kit));
  const drops = ['nationality', 'ethnicity', 'household_region'].map((column) => `DROP COLUMN ${column}`);
  await runner.query(`ALTER TABLE child ${drops.join(', ')}`);
}

/** Where a child comes from is stated by each holder for itself, and what one stated before is kept. */
export const statements = (kit: Kit) =>
  migration('StatementsChildren1764000000003', {
    async up(runner) {
      await createTable(runner, kit, {
        name: 'child_change',
        columns: columns.childChange(kit),
        indices: INDICES.childChange,
      });
      if (!(await runner.hasColumn('child', 'nationality'))) return;
      await addColumns(runner, kit, ofHolders(kit));
      await dropFromChildren(runner, kit);
    },
    async down(runner) {
      await addColumns(runner, kit, ofChildren(kit));
      await dropColumns(runner, ofHolders(kit));
      await runner.dropTable('child_change', true);
    },
  });
