/** Days reckoned as with a finger on a calendar; the holidays are invented. */
import type { CalendarYear } from '../../../kernel/rules/calendar-year.ts';

const HOLIDAYS = ['2026-12-31', '2027-01-01', '2027-02-08', '2027-02-09', '2027-02-10', '2027-04-05'];
const WORKED_SUNDAY = '2026-12-27';

/** The same as the service is told it. */
export const CALENDAR: CalendarYear = {
  year: 2027,
  notice: null,
  holidays: HOLIDAYS.map((day) => ({ name: '假日', from: day, to: day })),
  makeUpDays: [WORKED_SUNDAY],
};

export function daysAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

function isWorkingDay(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return day === WORKED_SUNDAY || (weekday !== 0 && weekday !== 6 && !HOLIDAYS.includes(day));
}

/** Every turn takes ten working days; the day it begins is not counted. */
export function tenWorkingDaysAfter(day: string): string {
  let last = day;
  for (let left = 10; left > 0; left -= isWorkingDay(last) ? 1 : 0) last = daysAfter(last, 1);
  return last;
}

/** Two months on, or the last day of that month where it is shorter. */
export function twoMonthsAfter(day: string): string {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  const lastOfMonth = new Date(Date.UTC(year, month + 2, 0));
  const on = new Date(Date.UTC(year, month + 1, Math.min(Number(day.slice(8)), lastOfMonth.getUTCDate())));
  return on.toISOString().slice(0, 10);
}
