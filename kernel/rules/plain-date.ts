/** A calendar day as 'YYYY-MM-DD', without time or zone. Years 1000 to 9999, so days sort as text. */
export type PlainDate = string;

const FORM = /^([1-9]\d{3})-(\d{2})-(\d{2})$/;
const DAY_MS = 86_400_000;

/** Is the text a day that exists? `2026-02-29` is not. */
export function isPlainDate(text: string): text is PlainDate {
  const match = FORM.exec(text);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** The same day so many months later (or earlier), or the month's last day: 31 January + 1 is 28 February. */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const { year, month, day } = partsOf(date);
  const index = year * 12 + (month - 1) + months;
  const toYear = Math.floor(index / 12);
  const toMonth = index - toYear * 12 + 1;
  return plainDate(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
}

export function addDays(date: PlainDate, days: number): PlainDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Full years lived on a day. Who is born on 29 February grows older on 1 March in common years. */
export function ageOn(bornOn: PlainDate, on: PlainDate): number {
  const years = partsOf(on).year - partsOf(bornOn).year;
  return on.slice(5) >= bornOn.slice(5) ? years : years - 1;
}

/** Negative, zero or positive, as `Array.prototype.sort` wants it. */
export function compare(a: PlainDate, b: PlainDate): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The day it is in the zone when the clock (an instant) is handed in. */
export function today(clock: Date, zone = 'Asia/Shanghai'): PlainDate {
  // A day changes with a minute, and asking the calendar costs more than all else a request does with its date.
  const minute = Math.floor(clock.getTime() / 60_000);
  const known = days.get(zone);
  if (known?.minute === minute) return known.day;
  const day = formatterOf(zone).format(clock);
  days.set(zone, { minute, day });
  return day;
}

/** The last one asked for, by zone. */
const days = new Map<string, { readonly minute: number; readonly day: PlainDate }>();

export function partsOf(date: PlainDate): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

function plainDate(year: number, month: number, day: number): PlainDate {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

// Building a formatter costs far more than using it, and every request asks for today.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    // Swedish writes dates as ISO 8601 does.
    formatter = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}
