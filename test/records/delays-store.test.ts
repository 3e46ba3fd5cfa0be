import fc from 'fast-check';
import { expect, it } from 'vitest';
import { namedDays } from '../../kernel/rules/calendar-year.ts';
import { addDays } from '../../kernel/rules/plain-date.ts';
import type { Area } from '../../kernel/rules/viewer.ts';
import { calendarOf } from '../../kernel/rules/working-days.ts';
import { newId } from '../../kernel/store/ids.ts';
import type { ApplicationStep } from '../../subgraphs/records/model.ts';
import { seedCalendar } from '../../subgraphs/records/service/load-calendar.ts';
import { countDelays, delays, type DelaysAsked } from '../../subgraphs/records/service/delays.ts';
import type { Deps } from '../../subgraphs/records/service/deps.ts';
import { delayQueries } from '../../subgraphs/records/store/delays.ts';
import { recordQueries } from '../../subgraphs/records/store/queries.ts';
import { openRecordStore } from '../../subgraphs/records/store/store.ts';
import { eachDatabase } from '../support/databases.ts';
import { years } from './support.ts';

const TODAY = '2026-11-23';
const calendar = calendarOf(years.flatMap(namedDays));
const none = { provinceCode: null, cityCode: null, countyCode: null, institutionCode: null };
const province = { ...none, provinceCode: '190000' };
const county = { ...province, cityCode: '190100', countyCode: '190101' };
const HOLDERS = [
  { holderLevel: 'NATION', holderCode: '000000', ...none },
  { holderLevel: 'PROVINCE', holderCode: '190000', ...province },
  { holderLevel: 'CITY', holderCode: '190100', ...province, cityCode: '190100' },
  { holderLevel: 'COUNTY', holderCode: '190101', ...county },
  { holderLevel: 'INSTITUTION', holderCode: '1119000001', ...county, institutionCode: '1119000001' },
  // A city without counties is its own county: one code, two holders.
  { holderLevel: 'CITY', holderCode: '190200', ...province, cityCode: '190200' },
  { holderLevel: 'COUNTY', holderCode: '190200', ...province, cityCode: '190200', countyCode: '190200' },
] as const; // prettier-ignore

const anyStep = fc
  .record({
    holder: fc.constantFrom(...HOLDERS),
    begun: fc.integer({ min: 0, max: 80 }),
    due: fc.integer({ min: -5, max: 25 }),
    held: fc.option(fc.integer({ min: 0, max: 40 })),
  })
  .map(({ holder, begun, due, held }): ApplicationStep => {
    const begunOn = addDays('2026-09-01', begun);
    const ended = held === null ? null : addDays(begunOn, held);
    const endedOn = ended !== null && ended <= TODAY ? ended : null;
    return {
      applicationId: newId(), seq: 1, task: 'DECIDE', ...holder, begunOn, dueOn: addDays(begunOn, due), endedOn,
      endedAt: endedOn === null ? null : new Date(`${endedOn}T02:00:00.000Z`),
      outcome: endedOn === null ? null : 'APPROVED', account: null,
    };
  }); // prettier-ignore

/** Goes through every step by itself and asks the calendar each time. */
function counted(steps: readonly ApplicationStep[], { area, since, overdue }: DelaysAsked) {
  const column = { PROVINCE: 'provinceCode', CITY: 'cityCode', COUNTY: 'countyCode', INSTITUTION: 'institutionCode', NATION: null } as const; // prettier-ignore
  const place = column[area.level];
  const mine = steps.filter(
    (step) =>
      (place === null || step[place] === area.code) && (step.endedOn === null || step.endedOn >= since!),
  );
  const sums = new Map<string, number[]>();
  for (const { holderCode, holderLevel, begunOn, dueOn, endedOn } of mine) {
    const until = endedOn ?? TODAY;
    const past = until > dueOn ? 1 : 0;
    const open = endedOn === null ? 1 : 0;
    const held = calendar.workingDaysBetween(begunOn, until).days;
    const late = calendar.workingDaysBetween(dueOn > begunOn ? dueOn : begunOn, until).days;
    const sum = sums.get(`${holderCode} ${holderLevel}`) ?? [0, 0, 0, 0, 0, 0];
    const more = [1, open, past, open * past, held, late];
    sums.set(
      `${holderCode} ${holderLevel}`,
      sum.map((n, i) => n + more[i]!),
    );
  }
  return [...sums].filter(([, sum]) => !overdue || sum[3]! > 0).sort(([a], [b]) => (a < b ? -1 : 1));
}

eachDatabase('Delays', (databases) => {
  it('are those of somebody who goes through the steps one by one, in every area and period', async () => {
    const store = await openRecordStore(await databases.fresh('delays'));
    const now = () => new Date(`${TODAY}T02:00:00.000Z`);
    await seedCalendar({ store, now }, years);
    const steps = fc.sample(anyStep, { numRuns: 600, seed: 19 });
    await store.transaction((tx) => tx.insert(store.tables.applicationStep, steps));
    const queries = { ...recordQueries(store), ...delayQueries(store) } as Deps['queries'];
    const areas: Area[] = [
      { level: 'NATION', code: '000000' },
      { level: 'PROVINCE', code: '190000' },
      { level: 'CITY', code: '190100' },
      { level: 'CITY', code: '190200' },
      { level: 'COUNTY', code: '190101' },
      { level: 'COUNTY', code: '190999' },
    ];
    for (const area of areas)
      for (const since of ['2026-09-01', '2026-10-08', TODAY])
        for (const overdue of [false, true]) {
          const asked = { area, since, overdue };
          // Two at a time, so that most rows come from a later page.
          const rows: Awaited<ReturnType<typeof delays>> = [];
          for (let after: string | null = null; ; after = rows.at(-1)!.id) {
            const page: typeof rows = await delays({ queries, now }, asked, 2, after);
            rows.push(...page);
            if (page.length < 2) break;
          }
          expect(
            rows.map((row) => [
              `${row.holderCode} ${row.holderLevel}`,
              [row.steps, row.open, row.pastDue, row.openPastDue, row.daysHeld, row.daysLate],
            ]),
          ).toEqual(counted(steps, asked));
          expect(await countDelays({ queries, now }, asked)).toBe(rows.length);
          for (const { holderCode, holderLevel, oldestDueOn, oldestApplicationId } of rows) {
            const late = steps
              .filter(
                (step) => step.holderCode === holderCode && step.holderLevel === holderLevel && step.endedOn === null && step.dueOn < TODAY,
              )
              .map((step) => step.dueOn)
              .sort();
            expect(oldestDueOn).toBe(late[0] ?? null);
            const oldest = steps.find(({ applicationId }) => applicationId === oldestApplicationId);
            expect(oldest?.dueOn ?? null).toBe(oldestDueOn);
          }
        }
    await store.close();
  }); // prettier-ignore
});
