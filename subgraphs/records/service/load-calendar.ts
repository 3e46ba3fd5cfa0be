import { namedDays, sourceOf, type CalendarYear } from '../../../kernel/rules/calendar-year.ts';
import { calendarOf, type Calendar } from '../../../kernel/rules/working-days.ts';
import { Conflict } from '../../../kernel/store/errors.ts';
import { newId } from '../../../kernel/store/ids.ts';
import type { Transaction } from '../../../kernel/store/rows.ts';
import { sql } from '../../../kernel/store/sql.ts';
import { DEADLINE_RULES, type DeadlineChange } from '../model.ts';
import { countsWorkingDays, redated } from '../rules/clock.ts';
import type { Deadline } from '../rules/deadlines.ts';
import { withStored, type StoredSetting } from '../rules/settings.ts';
import {
  calendarDays,
  openSteps,
  replaceYear,
  timedTables,
  writeRedated,
  type Timed,
  type TimedTable,
} from '../store/calendar.ts';
import { storedDeadlines } from '../store/settings.ts';
import type { RecordStore } from '../store/store.ts';

interface Deps {
  readonly store: RecordStore;
  readonly now: () => Date;
}

/** What loading a year came to. */
export interface CalendarLoaded {
  readonly year: number;
  readonly days: number;
  /** Steps whose day moved, each with a row in deadline_change. */
  readonly moved: number;
  /** Steps whose day stayed and is certain now (or, after a notice was taken back, uncertain again). */
  readonly confirmed: number;
}

const ATTEMPTS = 5;

/**
 * Loads a year in the place of what was known of it and dates open steps anew, all in one transaction. Doing it again
 * changes nothing. Throws Conflict when clerks changed the same applications meanwhile, five times in a row.
 */
export async function loadCalendarYear({ store, now }: Deps, year: CalendarYear): Promise<CalendarLoaded> {
  const days = namedDays(year);
  for (let attempt = 1; ; attempt++) {
    try {
      return await store.transaction(async (tx) => {
        await replaceYear(store, tx, year.year, days);
        const calendar = calendarOf(await calendarDays(store, tx));
        const stored = await storedDeadlines(tx, store.tables);
        const deadlines = withStored(stored as unknown as StoredSetting[]);
        const why = { reason: sourceOf(year), at: now() };
        const counts: Redated[] = [];
        for (const table of timedTables(store))
          counts.push(await redateOpenSteps(store, table, tx, { calendar, deadlines }, why));
        const sum = (of: 'moved' | 'confirmed') => counts.reduce((n, count) => n + count[of], 0);
        return { year: year.year, days: days.length, moved: sum('moved'), confirmed: sum('confirmed') };
      });
    } catch (error) {
      if (!(error instanceof Conflict) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Loads the years that are missing, and those that have found their notice. A notice is never replaced by this. */
export async function seedCalendar(deps: Deps, years: readonly CalendarYear[]): Promise<CalendarLoaded[]> {
  const { reader, tables } = deps.store;
  const stored = await reader.rows(tables.calendarDay, sql`ORDER BY year, day`);
  const loaded: CalendarLoaded[] = [];
  for (const year of years) {
    const known = stored.find((day) => day.year === year.year);
    if (!known || (known.provisional && year.notice)) loaded.push(await loadCalendarYear(deps, year));
  }
  return loaded;
}

type Redated = Pick<CalendarLoaded, 'moved' | 'confirmed'>;

interface By {
  readonly calendar: Calendar;
  /** Those of the code and all that people have set: a step may be under any of them. */
  readonly deadlines: readonly Deadline[];
}

async function redateOpenSteps(
  store: RecordStore,
  table: TimedTable,
  tx: Transaction,
  { calendar, deadlines }: By,
  why: { readonly reason: string; readonly at: Date },
): Promise<Redated> {
  let moved = 0;
  let confirmed = 0;
  const inWorkingDays = DEADLINE_RULES.filter((rule) => countsWorkingDays(rule, deadlines));
  for await (const page of openSteps(table, tx, inWorkingDays)) {
    const steps = page.flatMap((before) => {
      const due = redated(before, calendar, deadlines);
      return due ? [{ before, after: { ...before, ...due } }] : [];
    });
    const changes = steps
      .filter(({ before, after }) => before.dueOn !== after.dueOn)
      .map(({ before, after }) => changeOf(before, after.dueOn, why));
    await writeRedated(store, table, tx, steps, changes);
    moved += changes.length;
    confirmed += steps.length - changes.length;
  }
  return { moved, confirmed };
}

const changeOf = (
  { id: applicationId, dueOn: oldDueOn }: Timed,
  newDueOn: string,
  why: { readonly reason: string; readonly at: Date },
): DeadlineChange => ({ id: newId(), applicationId, oldDueOn, newDueOn, ...why });
