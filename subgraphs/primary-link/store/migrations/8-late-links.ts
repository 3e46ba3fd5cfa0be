import { TableColumn } from 'typeorm';
import { addColumns, addIndices } from '../../../../kernel/store/add-columns.ts';
import type { Kit } from '../../../../kernel/store/kit.ts';
import { migration } from '../../../../kernel/store/migration.ts';
import * as columns from '../columns.ts';

const before = (kit: Kit) => ({
  name: 'take_over',
  columns: columns.takeOver(kit),
  indices: columns.INDICES.takeOver,
});
const after = (kit: Kit) => ({
  name: 'take_over',
  columns: { ...columns.takeOver(kit), ...columns.lateLink(kit) },
  indices: [...columns.INDICES.takeOver, columns.LATE_INDEX],
});

/** A generated column, which both families reckon for the rows that are there; SQLite rebuilds the table for it. */
export const lateLinks = (kit: Kit) =>
  migration('OneLateLink1764000000008', {
    async up(runner) {
      if (kit.dialect === 'sqlite') return addColumns(runner, kit, { table: after(kit), added: {} });
      if (!(await runner.hasColumn('take_over', 'late_key'))) {
        const { type, length, generatedType, asExpression } = columns.lateLink(kit).lateKey;
        const key = { type: type as string, length: String(length), generatedType: generatedType! };
        await runner.addColumn(
          'take_over',
          new TableColumn({ name: 'late_key', ...key, asExpression: asExpression!, isNullable: true }),
        );
      }
      return addIndices(runner, kit, after(kit));
    },
    async down(runner) {
      if (kit.dialect === 'sqlite') return addColumns(runner, kit, { table: before(kit), added: {} });
      await runner.dropIndex('take_over', columns.LATE_INDEX.name);
      await runner.dropColumn('take_over', 'late_key');
    },
  });
