import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCalendarYears } from '../../kernel/calendar-data.ts';
import { namedDays } from '../../kernel/rules/calendar-year.ts';
import { addDays } from '../../kernel/rules/plain-date.ts';
import { calendarOf } from '../../kernel/rules/working-days.ts';
import { delaysOf, type HeldSteps } from '../../subgraphs/records/rules/delays.ts';
import { timeHeld, workingDayCounter } from '../../subgraphs/records/rules/time-held.ts';

const calendar = calendarOf(readCalendarYears().flatMap(namedDays));
const days = workingDayCounter(calendar);

/** National Day of 2026: nobody works from 1 to 7 October, everybody on Saturday the 10th. */
const TODAY = '2026-10-12';

describe('The time a step is held', () => {
  it.each([
    ['ended on the day it came', '2026-09-28', '2026-10-16', '2026-09-28', 0, 0, false],
    ['ended before the holidays, in time', '2026-09-28', '2026-10-16', '2026-09-30', 2, 0, false],
    ['ended on its last day', '2026-09-28', '2026-09-30', '2026-09-30', 2, 0, false],
    ['ended in the holidays: past its day, but nobody worked', '2026-09-28', '2026-09-30', '2026-10-07', 2, 0, true],
    ['ended on the first day after them', '2026-09-28', '2026-09-30', '2026-10-08', 3, 1, true],
    ['still open: 29, 30 September, 8, 9, 10 and 12 October', '2026-09-28', '2026-09-30', null, 6, 4, true],
    ['still open and in time', '2026-09-28', '2026-10-12', null, 6, 0, false],
    ['past its day when it came: only the days since are charged', '2026-10-09', '2026-09-30', null, 2, 2, true],
  ])('%s', (_, begunOn, dueOn, endedOn, held, late, pastDue) => {
    expect(timeHeld({ begunOn, dueOn, endedOn }, TODAY, days)).toEqual({ held, late, pastDue });
  }); // prettier-ignore

  it('is counted as the calendar counts, in whatever order one asks', () => {
    const day = fc.integer({ min: 0, max: 1094 }).map((n) => addDays('2025-01-01', n));
    const spans = fc.array(fc.tuple(day, fc.integer({ min: -20, max: 120 })), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(spans, (asked) => {
        const counter = workingDayCounter(calendar);
        for (const [from, apart] of asked) {
          const until = addDays(from, apart);
          expect(counter(from, until)).toBe(calendar.workingDaysBetween(from, until).days);
        }
      }),
      { numRuns: 500 },
    );
  }); // prettier-ignore

  it('is charged to each holder once: what follows one another adds up to the whole', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(gaps, (apart) => {
        const ends = apart.reduce<string[]>((all, n) => [...all, addDays(all.at(-1)!, n)], ['2026-09-14']);
        const held = ends
          .slice(1)
          .map((endedOn, i) => timeHeld({ begunOn: ends[i]!, dueOn: endedOn, endedOn }, TODAY, days).held);
        expect(held.reduce((sum, n) => sum + n, 0)).toBe(days(ends[0]!, ends.at(-1)!));
      }),
    );
  });
});

describe('The delays of holders', () => {
  const county = { holderLevel: 'COUNTY', holderCode: '190101' } as const;
  const garden = { holderLevel: 'INSTITUTION', holderCode: '1119000001' } as const;
  const group = (changes: Partial<HeldSteps>): HeldSteps => ({
    ...county, begunOn: '2026-09-28', dueOn: '2026-09-30', endedOn: null, count: 1, ...changes,
  }); // prettier-ignore

  it('are sums over all steps with the oldest open one past its day', () => {
    const groups = [
      group({ count: 3 }),
      group({ endedOn: '2026-10-08', count: 2 }),
      group({ dueOn: '2026-09-29' }),
      group({ dueOn: '2026-10-16', count: 4 }),
      group({ ...garden, endedOn: '2026-09-29' }),
    ];
    expect(delaysOf([garden, county], groups, TODAY, days)).toEqual([
      { ...garden, steps: 1, open: 0, pastDue: 0, openPastDue: 0, daysHeld: 1, daysLate: 0, oldestDueOn: null },
      {
        ...county, steps: 10, open: 8, pastDue: 6, openPastDue: 4,
        daysHeld: 3 * 6 + 2 * 3 + 6 + 4 * 6, daysLate: 3 * 4 + 2 * 1 + 5, oldestDueOn: '2026-09-29',
      },
    ]); // prettier-ignore
  });

  it('are told of the holders asked for, and of no other', () => {
    expect(delaysOf([garden], [group({})], TODAY, days)).toEqual([
      { ...garden, steps: 0, open: 0, pastDue: 0, openPastDue: 0, daysHeld: 0, daysLate: 0, oldestDueOn: null },
    ]); // prettier-ignore
  });
});
