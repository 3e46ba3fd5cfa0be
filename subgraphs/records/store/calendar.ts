import type { NamedDay } from '../../../kernel/rules/working-days.ts';
import { toBytes } from '../../../kernel/store/ids.ts';
import type { Transaction } from '../../../kernel/store/rows.ts';
import { many, raw, sql } from '../../../kernel/store/sql.ts';
import type { EntitySchema } from 'typeorm';
import type { Versioned } from '../../../kernel/store/update.ts';
import type { Clock, DeadlineChange, DeadlineRule } from '../model.ts';
import type { RecordStore } from './store.ts';

/** Puts one year's days in the place of those it had. */
export async function replaceYear(
  { tables }: RecordStore,
  tx: Transaction,
  year: number,
  days: readonly NamedDay[],
): Promise<void> {
  await tx.execute(sql`DELETE FROM calendar_day WHERE year = ${year}`);
  await tx.insert(tables.calendarDay, days);
}

export const calendarDays = ({ tables }: RecordStore, tx: Transaction): Promise<NamedDay[]> =>
  tx.rows(tables.calendarDay, sql`ORDER BY year, day`);

const PAGE = 500;

/** A reason is sealed, and whoever imports a notice has no keys and needs none. */
const CLOCK = ['id', 'version', 'dueOn', 'dueRule', 'dueFrom', 'dueVersion', 'dueProvisional'] as const;

/** What has a clock: an application, or a problem case. */
export type Timed = Versioned & Clock;
export type TimedTable = EntitySchema<Timed>;

export const timedTables = ({ tables }: RecordStore): readonly TimedTable[] => [
  tables.application,
  tables.problemCase,
];

/** Whatever nobody has decided whose step is under one of the rules, a page at a time in the order of their ids. */
export async function* openSteps(
  table: TimedTable,
  tx: Transaction,
  rules: readonly DeadlineRule[],
): AsyncGenerator<readonly Timed[]> {
  let after = raw('TRUE');
  for (;;) {
    const page = await tx.columnsOf(
      table,
      CLOCK,
      sql`WHERE state IN ('SUBMITTED','RETURNED','OPEN') AND due_rule IN (${many(rules)}) AND ${after} ORDER BY id LIMIT ${PAGE}`,
    );
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    after = sql`id > ${toBytes(page.at(-1)!.id)}`;
  }
}

/** Writes what became of the steps and why; each row must still be as it was read. Its open step goes along. */
export async function writeRedated(
  { tables }: RecordStore,
  table: TimedTable,
  tx: Transaction,
  steps: readonly { readonly before: Timed; readonly after: Timed }[],
  changes: readonly DeadlineChange[],
): Promise<void> {
  await tx.update(table, steps);
  for (const dueOn of new Set(changes.map(({ newDueOn }) => newDueOn))) {
    const moved = changes.filter(({ newDueOn }) => newDueOn === dueOn);
    const ids = many(moved.map(({ applicationId }) => toBytes(applicationId)));
    await tx.set(tables.applicationStep, { dueOn }, sql`ended_on IS NULL AND application_id IN (${ids})`);
  }
  await tx.insert(tables.deadlineChange, changes);
}
