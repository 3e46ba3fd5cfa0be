import { findWorkday, getLunarDate, getSolarTermDate, isWorkday } from 'chinese-days';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCalendarYears } from '../../../kernel/calendar-data.ts';
import { namedDays } from '../../../kernel/rules/calendar-year.ts';
import { addDays } from '../../../kernel/rules/plain-date.ts';
import { calendarOf } from '../../../kernel/rules/working-days.ts';

const YEARS = readCalendarYears();
const calendar = calendarOf(YEARS.flatMap(namedDays));

const spread = (from: string, to: string): string[] =>
  from > to ? [] : [from, ...spread(addDays(from, 1), to)];
const daysOfYear = (year: number) => [...Array(12).keys()].flatMap((month) => {
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return [...Array(last).keys()].map((day) => new Date(Date.UTC(year, month, day + 1)).toISOString().slice(0, 10));
}); // prettier-ignore

/** The oracle: the notices once more, written as one would say them, and a walk over milliseconds. */
const OFF = [
  '0101', '0128-0204', '0404-0406', '0501-0505', '0531-0602', '1001-1008',
].map((span) => `2025:${span}`).concat([
  '0101-0103', '0215-0223', '0404-0406', '0501-0505', '0619-0621', '0925-0927', '1001-1007',
].map((span) => `2026:${span}`)).concat([
  '0101', '0205-0208', '0405', '0501-0502', '0609', '0915', '1001-1003',
].map((span) => `2027:${span}`)); // prettier-ignore
const ON =
  '20250126 20250208 20250427 20250928 20251011 20260104 20260214 20260228 20260509 20260920 20261010';

function worksAt(ms: number): boolean {
  const date = new Date(ms);
  const digits = date.toISOString().slice(0, 10).replaceAll('-', '');
  if (ON.split(' ').includes(digits)) return true;
  const off = OFF.some((span) => {
    const [year, days] = span.split(':') as [string, string];
    const [from, to = from] = days.split('-') as [string, string?];
    return digits.startsWith(year) && digits.slice(4) >= from && digits.slice(4) <= to;
  });
  return !off && date.getUTCDay() % 6 !== 0;
}

function walk(from: string, n: number) {
  let ms = Date.parse(`${from}T12:00:00Z`);
  const years = new Set<number>();
  for (let counted = 0; counted < n;) {
    ms += 86_400_000;
    years.add(new Date(ms).getUTCFullYear());
    if (worksAt(ms)) counted++;
  }
  return { on: new Date(ms).toISOString().slice(0, 10), provisional: [...years].some((year) => year > 2026) };
}

const anyDay = fc.integer({ min: 0, max: 1094 }).map((n) => addDays('2025-01-01', n));
const anyCount = fc.integer({ min: 0, max: 45 });

describe('The working days', () => {
  it.each([2025, 2026])('of %i are those of an independent list, day by day', (year) => {
    const days = daysOfYear(year);
    expect(days).toHaveLength(365);
    expect(days.filter((day) => calendar.isWorkingDay(day))).toEqual(days.filter((day) => isWorkday(day)));
  });

  it('are reckoned as a plain walk does it, 10,000 times from 2025 to 2027', () => {
    fc.assert(
      fc.property(anyDay, anyCount, (from, n) => {
        const reckoned = calendar.addWorkingDays(from, n);
        expect(reckoned).toEqual(walk(from, n));
        expect(calendar.workingDaysBetween(from, reckoned.on)).toEqual({
          days: n,
          provisional: reckoned.provisional,
        });
      }),
      { numRuns: 10_000 },
    );
  });

  it('between two days are as many as one counts day by day, 10,000 times', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -30, max: 60 }), (from, apart) => {
        const until = addDays(from, apart);
        let days = 0;
        const years = new Set<number>();
        for (let ms = Date.parse(`${from}T12:00:00Z`); ms < Date.parse(`${until}T12:00:00Z`);) {
          ms += 86_400_000;
          years.add(new Date(ms).getUTCFullYear());
          days += worksAt(ms) ? 1 : 0;
        }
        const provisional = [...years].some((year) => year > 2026);
        expect(calendar.workingDaysBetween(from, until)).toEqual({ days, provisional });
      }),
      { numRuns: 10_000 },
    );
  });

  it('are reckoned as chinese-days does it, wherever both years have their notice', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 45 }), (from, n) => {
        const { on, provisional } = calendar.addWorkingDays(from, n);
        if (!provisional) expect(on).toBe(findWorkday(n, from));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['the day it begins is not counted', '2026-03-02', 1, '2026-03-03', false],
    ['ten from a Monday in an ordinary month', '2026-03-02', 10, '2026-03-16', false],
    ['a make-up Saturday counts, the nine days of the festival do not', '2026-02-13', 2, '2026-02-24', false],
    ['over National Day with a Sunday before and a Saturday after it', '2026-09-18', 10, '2026-10-09', false],
    ['none at all is the day itself', '2027-01-01', 0, '2027-01-01', false],
    ['the last day of a year with a notice', '2026-12-30', 1, '2026-12-31', false],
    ['one day into a year without one', '2026-12-31', 1, '2027-01-04', true],
  ])('%s', (_, from, n, on, provisional) => {
    expect(calendar.addWorkingDays(from, n)).toEqual({ on, provisional });
  });

  it('between a day and an earlier one there are none', () => {
    expect(calendar.workingDaysBetween('2026-03-02', '2026-03-02')).toEqual({ days: 0, provisional: false });
    expect(calendar.workingDaysBetween('2026-03-02', '2026-02-02')).toEqual({ days: 0, provisional: false });
  });

  it.each([-1, 1.5, Number.NaN, 3_651])('are not counted %d times', (n) => {
    expect(() => calendar.addWorkingDays('2026-03-02', n)).toThrow(RangeError);
  });

  it('follow the week, and are provisional, where no year is known', () => {
    expect(calendarOf([]).addWorkingDays('2026-09-30', 1)).toEqual({ on: '2026-10-01', provisional: true });
  });

  it("follow the later year's notice where it names a day of December", () => {
    const day = { day: '2026-12-31', working: false, year: 2027, source: '', provisional: false };
    const later = calendarOf([day, ...YEARS.flatMap(namedDays)]);
    expect([calendar.isWorkingDay('2026-12-31'), later.isWorkingDay('2026-12-31')]).toEqual([true, false]);
  });
});

describe('The years kept in data/calendar', () => {
  it('are 2025 and 2026 by their notices, and 2027 without one', () => {
    expect(YEARS.map(({ year, notice }) => [year, notice && `${notice.number} ${notice.issuedOn}`])).toEqual([
      [2025, '国办发明电〔2024〕12号 2024-11-12'],
      [2026, '国办发明电〔2025〕7号 2025-11-04'],
      [2027, null],
    ]);
  });

  it('have in 2027 exactly the thirteen days the regulation fixes', () => {
    const moon = (month: number, days: readonly number[]) =>
      daysOfYear(2027).filter((day) => {
        const { lunarMon, lunarDay, isLeap } = getLunarDate(day);
        return lunarMon === month && days.includes(lunarDay) && !isLeap;
      });
    const [newYear] = moon(1, [1]);
    const fixed = [
      '2027-01-01',
      addDays(newYear!, -1),
      ...moon(1, [1, 2, 3]),
      getSolarTermDate(2027, 4, 'pure_brightness'),
      ...spread('2027-05-01', '2027-05-02'),
      ...moon(5, [5]),
      ...moon(8, [15]),
      ...spread('2027-10-01', '2027-10-03'),
    ];
    expect(namedDays(YEARS[2]!).map(({ day, working }) => `${day} ${working}`)).toEqual(
      fixed.map((day) => `${day} false`),
    );
  });
});
