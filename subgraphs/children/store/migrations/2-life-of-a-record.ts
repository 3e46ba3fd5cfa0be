import { addColumns, dropColumns, type MoreColumns } from '../../../../kernel/store/add-columns.ts';
import type { Kit } from '../../../../kernel/store/kit.ts';
import { createTable, migration } from '../../../../kernel/store/migration.ts';
import * as columns from '../columns.ts';
import { INDICES } from '../indices.ts';

/** Whoever had registered a child before has held it since the child was registered, and holds it. */
const holding = (kit: Kit): MoreColumns => ({
  table: {
    name: 'child_holder',
    columns: { ...columns.childHolder(kit), ...columns.holding(kit) },
    indices: INDICES.childHolder,
  },
  added: {
    heldSince: '(SELECT c.registered_at FROM child c WHERE c.id = child_id)',
    movedOn: 'NULL',
    untilOn: 'NULL',
  },
});

/** Corrections keep what was before; holds begin and end. */
export const lifeOfARecord = (kit: Kit) =>
  migration('LifeOfARecordChildren1764000000002', {
    async up(runner) {
      await createTable(runner, kit, { name: 'child_version', columns: columns.childVersion(kit) });
      await addColumns(runner, kit, holding(kit));
    },
    async down(runner) {
      await dropColumns(runner, holding(kit));
      await runner.dropTable('child_version', true);
    },
  });
