import { calendarOf, type Calendar } from '../../../kernel/rules/working-days.ts';
import type { DeadlineRule } from '../model.ts';
import { countsWorkingDays } from '../rules/clock.ts';
import type { RecordQueries } from '../store/queries.ts';

const WEEKDAYS_ONLY = calendarOf([]);

/** What a rule's deadlines are reckoned with; the database is asked only where the rule counts working days. */
export async function calendarFor(
  { calendarDays }: Pick<RecordQueries, 'calendarDays'>,
  rule: DeadlineRule,
): Promise<Calendar> {
  return countsWorkingDays(rule) ? calendarOf(await calendarDays()) : WEEKDAYS_ONLY;
}
