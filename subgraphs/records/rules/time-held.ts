import { addDays, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { Calendar } from '../../../kernel/rules/working-days.ts';
import type { ApplicationStep } from '../model.ts';

/** What the time of a step is reckoned from. */
export type Span = Pick<ApplicationStep, 'begunOn' | 'dueOn' | 'endedOn'>;

/** What one holder had one step for, in working days. */
export interface TimeHeld {
  /** After the day it began, up to and with the day it ended or today. */
  readonly held: number;
  /** After the day it was due; 0 while it is in time, and where the days since were none to work on. */
  readonly late: number;
  /** It ended, or is still open, after the day it was due. */
  readonly pastDue: boolean;
}

/** The time between two steps is charged to whoever held the work, and never the time before it came. */
export function timeHeld({ begunOn, dueOn, endedOn }: Span, today: PlainDate, days: WorkingDays): TimeHeld {
  const until = endedOn ?? today;
  const lateFrom = dueOn > begunOn ? dueOn : begunOn;
  return { held: days(begunOn, until), late: days(lateFrom, until), pastDue: until > dueOn };
}

/** How many working days follow `from`, up to and with `until`; 0 when that is not later. */
export type WorkingDays = (from: PlainDate, until: PlainDate) => number;

/** The same as the calendar counts, but each day is looked at once, however many spans are asked for. */
export function workingDayCounter(calendar: Calendar): WorkingDays {
  // Working days up to a day, counted from the earliest day asked for so far.
  let upTo = new Map<PlainDate, number>();
  let first: PlainDate | null = null;
  let last: PlainDate | null = null;
  const reach = (from: PlainDate, until: PlainDate) => {
    if (first === null || last === null || from < first) {
      upTo = new Map([[from, 0]]);
      first = last = from;
    }
    while (last < until) {
      const next: PlainDate = addDays(last, 1);
      upTo.set(next, upTo.get(last)! + (calendar.isWorkingDay(next) ? 1 : 0));
      last = next;
    }
  };
  return (from, until) => {
    if (until <= from) return 0;
    reach(from, until);
    return upTo.get(until)! - upTo.get(from)!;
  };
}
