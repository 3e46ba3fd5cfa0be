import { addDays, type PlainDate } from './plain-date.ts';

/** A day that does not follow the week: a holiday, or a weekend day on which people work in exchange for one. */
export interface NamedDay {
  readonly day: PlainDate;
  readonly working: boolean;
  /** The year whose arrangement names it; the last days of December are sometimes named by the next year's. */
  readonly year: number;
  /** Number of the notice, or of the regulation while there is no notice. */
  readonly source: string;
  /** The year has no notice yet: only what the regulation itself fixes is known. */
  readonly provisional: boolean;
}

/** Working days in mainland China. A result is provisional when a day it looked at lies in a year without a notice. */
export interface Calendar {
  isWorkingDay(date: PlainDate): boolean;
  /** The n-th working day after `from`, which is not counted itself. Throws RangeError unless n is a whole number from 0 to 3,650. */
  addWorkingDays(from: PlainDate, n: number): { readonly on: PlainDate; readonly provisional: boolean };
  /** How many working days follow `from`, up to and with `to`; 0 when `to` is not later. */
  workingDaysBetween(
    from: PlainDate,
    to: PlainDate,
  ): { readonly days: number; readonly provisional: boolean };
}

const MOST = 3_650;

/** Who names a day later is right about it; a day nobody names follows the week. */
export function calendarOf(days: readonly NamedDay[]): Calendar {
  const named = new Map(
    [...days].sort((a, b) => a.year - b.year).map(({ day, working }) => [day, working] as const),
  );
  const noticed = new Set(days.filter(({ provisional }) => !provisional).map(({ year }) => year));
  const isWorkingDay = (date: PlainDate) => named.get(date) ?? !isWeekend(date);
  const isProvisional = (date: PlainDate) => !noticed.has(Number(date.slice(0, 4)));
  return {
    isWorkingDay,
    addWorkingDays(from, n) {
      if (!Number.isInteger(n) || n < 0 || n > MOST) {
        throw new RangeError(`A whole number of working days from 0 to ${MOST} is expected, not ${n}.`);
      }
      let on = from;
      let provisional = false;
      for (let left = n; left > 0; left -= isWorkingDay(on) ? 1 : 0) {
        on = addDays(on, 1);
        provisional ||= isProvisional(on);
      }
      return { on, provisional };
    },
    workingDaysBetween(from, to) {
      let days = 0;
      let provisional = false;
      for (let on = addDays(from, 1); on <= to; on = addDays(on, 1)) {
        days += isWorkingDay(on) ? 1 : 0;
        provisional ||= isProvisional(on);
      }
      return { days, provisional };
    },
  };
}

export function isWeekend(date: PlainDate): boolean {
  return [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
}
