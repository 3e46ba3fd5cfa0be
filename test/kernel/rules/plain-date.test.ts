import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, ageOn, compare, isPlainDate, today } from '../../../kernel/rules/plain-date.ts';
import { anyDate } from './arbitraries.ts';

describe('a plain date', () => {
  it.each(['2024-02-29', '2000-02-29', '2026-12-31', '1000-01-01'])('takes %s, which exists', (text) => {
    expect(isPlainDate(text)).toBe(true);
  });

  it.each([
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-1-1',
    '20260101',
    '2026-01-01T00:00',
    '2026-01-01\n',
    '0000-01-01',
    '',
  ])('refuses %j, which does not', (text) => {
    expect(isPlainDate(text)).toBe(false);
  });

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-12-15', 2, '2027-02-15'],
    ['2026-09-01', 2, '2026-11-01'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-10', -13, '2024-12-10'],
    ['2026-08-31', 0, '2026-08-31'],
  ])('moves %s by %i months to %s', (from, months, to) => {
    expect(addMonths(from, months)).toBe(to);
  });

  it.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-01-01', -1, '2025-12-31'],
  ])('moves %s by %i days to %s', (from, days, to) => {
    expect(addDays(from, days)).toBe(to);
  });

  it.each([
    ['2022-08-31', '2025-08-30', 2],
    ['2022-08-31', '2025-08-31', 3],
    ['2020-02-29', '2023-02-28', 2],
    ['2020-02-29', '2023-03-01', 3],
    ['2020-02-29', '2024-02-29', 4],
    ['2022-08-31', '2022-08-31', 0],
  ])('says that who is born on %s is on %s %i years old', (bornOn, on, age) => {
    expect(ageOn(bornOn, on)).toBe(age);
  });

  it('lets the day begin at midnight in China', () => {
    expect(today(new Date('2026-08-31T15:59:59Z'))).toBe('2026-08-31');
    expect(today(new Date('2026-08-31T16:00:00Z'))).toBe('2026-09-01');
    expect(today(new Date('2026-08-31T16:00:00Z'), 'UTC')).toBe('2026-08-31');
  });
});

describe('date arithmetic, for any date,', () => {
  it('gives dates that exist and comes back by the same number of days', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -5000, max: 5000 }), (date, days) => {
        expect(isPlainDate(addDays(date, days))).toBe(true);
        expect(addDays(addDays(date, days), -days)).toBe(date);
        expect(Math.sign(compare(addDays(date, days), date))).toBe(Math.sign(days));
      }),
    );
  });

  it('adds months without skipping one and keeps the day or the end of the month', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -600, max: 600 }), (date, months) => {
        const moved = addMonths(date, months);
        expect(isPlainDate(moved)).toBe(true);
        expect(monthIndex(moved) - monthIndex(date)).toBe(months);
        const clamped = moved.slice(8) !== date.slice(8);
        if (clamped) expect(addDays(moved, 1).slice(8)).toBe('01');
      }),
    );
  });

  it('counts one more year of age exactly when the birthday is reached', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 20 }), (bornOn, years) => {
        // Born on 29 February, the clamped day is the 28th, one day before the birthday.
        const birthday = bornOn.endsWith('02-29') && years % 4 !== 0 ? 1 : 0;
        const day = addDays(addMonths(bornOn, 12 * years), birthday);
        fc.pre(!bornOn.endsWith('02-29') || day.slice(0, 4) !== '2100');
        expect(ageOn(bornOn, day)).toBe(years);
        expect(ageOn(bornOn, addDays(day, -1))).toBe(years - 1);
      }),
    );
  });
});

function monthIndex(date: string): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
}
