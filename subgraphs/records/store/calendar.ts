import type { NamedDay } from '../../../kernel/rules/working-days.ts';
import { toBytes } from '../../../kernel/store/ids.ts';
import type { Transaction } from '../../../kernel/store/rows.ts';
import { many, raw, sql } from '../../../kernel/store/sql.ts';
import type { Application, DeadlineChange, DeadlineRule } from '../model.ts';
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

/** Applications nobody has decided whose step is under one of the rules, a page at a time in the order of their ids. */
export async function* openSteps(
  { tables }: RecordStore,
  tx: Transaction,
  rules: readonly DeadlineRule[],
): AsyncGenerator<readonly Application[]> {
  let after = raw('TRUE');
  for (;;) {
    const page = await tx.rows(
      tables.application,
      sql`WHERE state IN ('SUBMITTED','RETURNED') AND due_rule IN (${many(rules)}) AND ${after} ORDER BY id LIMIT ${PAGE}`,
    );
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    after = sql`id > ${toBytes(page.at(-1)!.id)}`;
  }
}

/** Writes what became of the steps and why; each application must still be as it was read. Its open step goes along. */
export async function writeRedated(
  { tables }: RecordStore,
  tx: Transaction,
  steps: readonly { readonly before: Application; readonly after: Application }[],
  changes: readonly DeadlineChange[],
): Promise<void> {
  await tx.update(tables.application, steps);
  for (const dueOn of new Set(changes.map(({ newDueOn }) => newDueOn))) {
    const moved = changes.filter(({ newDueOn }) => newDueOn === dueOn);
    const ids = many(moved.map(({ applicationId }) => toBytes(applicationId)));
    await tx.set(tables.applicationStep, { dueOn }, sql`ended_on IS NULL AND application_id IN (${ids})`);
  }
  await tx.insert(tables.deadlineChange, changes);
}
