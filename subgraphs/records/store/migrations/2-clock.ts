import { addColumns, dropColumns, type MoreColumns } from '../../../../kernel/store/add-columns.ts';
import type { Kit } from '../../../../kernel/store/kit.ts';
import { createTable, migration } from '../../../../kernel/store/migration.ts';
import * as columns from '../columns.ts';
import { INDICES } from '../indices.ts';

const NEW_TABLES = ['calendar_day', 'deadline_change'] as const;

/** What there was before is an enrolment, due two months after entry under the rule's first version. */
const applicationClock = (kit: Kit): MoreColumns => ({
  table: {
    name: 'application',
    columns: { ...columns.application(kit), ...columns.applicationClock(kit) },
    indices: INDICES.application,
  },
  added: { dueRule: "'ENROLMENT'", dueFrom: 'entered_on', dueVersion: '1', dueProvisional: '0' },
});

export const clock = (kit: Kit) =>
  migration('ClockRecords1764000000002', {
    async up(runner) {
      const [calendarDay, deadlineChange] = NEW_TABLES;
      await createTable(runner, kit, { name: calendarDay, columns: columns.calendarDay(kit) });
      await createTable(runner, kit, {
        name: deadlineChange,
        columns: columns.deadlineChange(kit),
        indices: INDICES.deadlineChange,
      });
      await addColumns(runner, kit, applicationClock(kit));
    },
    async down(runner) {
      await dropColumns(runner, applicationClock(kit));
      for (const table of NEW_TABLES) await runner.dropTable(table, true);
    },
  });
