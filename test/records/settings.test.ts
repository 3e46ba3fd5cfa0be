import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../kernel/rules/plain-date.ts';
import { deadlineFor } from '../../subgraphs/records/rules/clock.ts';
import { DEADLINES } from '../../subgraphs/records/rules/deadlines.ts';
import {
  DEFAULT_SETTINGS,
  NATION_CODE,
  settingsOf,
  windowClosed,
  withStored,
  type ClosedWindow,
  type StoredSetting,
} from '../../subgraphs/records/rules/settings.ts';

const row = (changes: Partial<StoredSetting>): StoredSetting => ({
  name: 'GRADUATION_UNDO_DAYS', provinceCode: '190000', version: 1, validFrom: '2026-09-01', value: 10,
  setBy: 'province-1', setAt: new Date('2026-08-01T00:00:00.000Z'), reason: null, ...changes,
}); // prettier-ignore

describe('What holds in a province', () => {
  const rows = [
    row({ version: 1, provinceCode: NATION_CODE, validFrom: '2026-03-01', value: 40 }),
    row({ version: 2, validFrom: '2026-06-01', value: 20 }),
    row({ version: 3, provinceCode: NATION_CODE, validFrom: '2026-09-01', value: 50 }),
    row({ version: 4, validFrom: '2027-01-01', value: 5 }),
    row({ version: 5, validFrom: '2026-10-01', value: 15 }),
    row({ version: 6, validFrom: '2026-10-01', value: 16 }),
  ];

  it.each([
    ['the default, before anybody has set anything', '190000', '2026-02-28', 30],
    ["the nation's, from its first day", '190000', '2026-03-01', 40],
    ["the nation's, on the eve of the province's own", '190000', '2026-05-31', 40],
    ["the province's own, from its first day", '190000', '2026-06-01', 20],
    ["the province's own, though the nation's is younger", '190000', '2026-09-30', 20],
    ['the newer of two that begin on one day', '190000', '2026-10-01', 16],
    ['the one that began last, though it was set earlier', '190000', '2027-01-01', 5],
    ["the nation's, in every other province", '330000', '2026-09-01', 50],
  ])('is %s', (_, province, on, expected) => {
    expect(settingsOf(rows, province, on).graduationUndoDays).toBe(expected);
  });

  it('is what the design says while nobody has set anything', () => {
    expect(settingsOf([], '190000', '2026-09-01')).toEqual(DEFAULT_SETTINGS);
    expect(DEFAULT_SETTINGS).toEqual({
      transferBothCounties: false, transferClosed: [], deadlines: DEADLINES, graduationUndoDays: 30,
      reinstatementMonths: 12, deferralReminderDays: 30, termEndsDaysEarly: 0,
    }); // prettier-ignore
  });

  it('is each setting on its own', () => {
    const windows: ClosedWindow[] = [{ from: '07-15', until: '08-14', scope: 'ALL' }];
    const more = [
      ...rows,
      row({ name: 'TRANSFER_BOTH_COUNTIES', value: true }),
      row({ name: 'TRANSFER_CLOSED', provinceCode: NATION_CODE, value: windows }),
      row({ name: 'REINSTATEMENT_MONTHS', value: 6 }),
      row({ name: 'DEFERRAL_REMINDER_DAYS', value: 45 }),
    ];
    expect(settingsOf(more, '190000', '2026-09-01')).toEqual({
      transferBothCounties: true, transferClosed: windows, deadlines: DEADLINES, graduationUndoDays: 20,
      reinstatementMonths: 6, deferralReminderDays: 45, termEndsDaysEarly: 0,
    }); // prettier-ignore
  });

  it('is found alike by a plain search, whatever the rows and their order', () => {
    const day = fc.integer({ min: 0, max: 20 }).map((n) => addDays('2026-09-01', n));
    const province = fc.constantFrom('190000', '330000', NATION_CODE);
    const some = fc.array(fc.record({ provinceCode: province, validFrom: day }), { maxLength: 12 });
    fc.assert(
      fc.property(some, day, fc.constantFrom('190000', '330000'), (made, on, mine) => {
        const all = made.map((one, i) => row({ ...one, version: i + 1, value: i + 100 }));
        let expected = 30;
        for (const code of [NATION_CODE, mine]) {
          for (let back = 0, found = false; back <= 40 && !found; back++) {
            const begun = all.filter((one) => one.provinceCode === code && one.validFrom === addDays(on, -back));
            found = begun.length > 0;
            if (found) expected = begun.at(-1)!.value as number;
          }
        }
        const shuffled = [...all].reverse();
        expect(settingsOf(shuffled, mine, on).graduationUndoDays).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  }); // prettier-ignore
});

describe('Deadlines people have set', () => {
  const length = (n: number) => ({ length: n, unit: 'WORKING_DAYS' as const });
  const name = 'DEADLINE_TRANSFER';
  const rows = [
    row({ name, version: 1001, value: length(7) }),
    row({ name, version: 1002, provinceCode: NATION_CODE, value: length(12) }),
    row({ name, version: 1003, value: length(5), validFrom: '2026-12-01' }),
    row({ name, version: 1004, value: length(6), validFrom: '2026-12-01' }),
  ];

  it.each([
    ['the code’s, before', '190000', '2026-08-31', 1],
    ["the province's own", '190000', '2026-09-01', 1001],
    ['the newer of two that begin on one day', '190000', '2026-12-01', 1004],
    ["the nation's, elsewhere", '330000', '2026-09-01', 1002],
    ["the nation's, where no province is in charge", null, '2026-09-01', 1002],
  ])('stand beside those of the code: a step begins under %s', (_, province, on, version) => {
    expect(deadlineFor('TRANSFER', province, on, withStored(rows)).version).toBe(version);
  });

  it("are only the nation's and its own among a province's settings", () => {
    const { deadlines } = settingsOf(rows, '330000', '2026-09-01');
    expect(deadlines.filter(({ version }) => version > 1000)).toEqual([
      { rule: 'TRANSFER', version: 1002, length: 12, unit: 'WORKING_DAYS', validFrom: '2026-09-01', province: null, basis: 'MINISTRY' },
    ]); // prettier-ignore
  });
});

describe('A closed window', () => {
  const closed = (windows: ClosedWindow[], on: string, crossProvince = false) =>
    windowClosed({ transferClosed: windows }, on, crossProvince);
  const summer: ClosedWindow = { from: '07-15', until: '08-14', scope: 'ALL' };
  const winter: ClosedWindow = { from: '12-15', until: '02-29', scope: 'CROSS_PROVINCE' };

  it.each([
    ['is open the day before', '2026-07-14', false, null],
    ['is closed on its first day', '2026-07-15', false, summer],
    ['is closed on its last day', '2026-08-14', false, summer],
    ['is open the day after', '2026-08-15', true, null],
    ['over the new year is closed in December', '2026-12-15', true, winter],
    ['over the new year is closed in January', '2027-01-01', true, winter],
    ['until 29 February is closed on the 28th of a common year', '2027-02-28', true, winter],
    ['until 29 February is closed on that day', '2028-02-29', true, winter],
    ['is open on 1 March', '2028-03-01', true, null],
    ['for other provinces is open to transfers within one', '2026-12-31', false, null],
  ])('%s', (_, on, crossProvince, expected) => {
    expect(closed([summer, winter], on, crossProvince)).toEqual(expected);
  });

  it('from 29 February begins on 1 March in a common year', () => {
    const window: ClosedWindow = { from: '02-29', until: '03-02', scope: 'ALL' };
    const days = ['2027-02-28', '2027-03-01', '2027-03-02', '2028-02-28', '2028-02-29', '2028-03-02', '2028-03-03'];
    expect(days.filter((day) => closed([window], day) === null)).toEqual(['2027-02-28', '2028-02-28', '2028-03-03']);
    expect(closed([{ ...window, until: '02-29' }], '2027-03-01')).toBeNull();
  }); // prettier-ignore

  it('is closed on the days somebody crosses off one by one, 10,000 times', () => {
    const leapYear = [...Array(366).keys()].map((n) => addDays('2028-01-01', n).slice(5));
    const monthDay = fc.constantFrom(...leapYear);
    const day = fc.integer({ min: 0, max: 1460 }).map((n) => addDays('2026-01-01', n));
    fc.assert(
      fc.property(monthDay, monthDay, day, (from, until, on) => {
        // Walks the days of a leap year, as on a wall calendar, from the first to the last.
        const crossed = new Set<string>();
        for (let i = leapYear.indexOf(from); ; i = (i + 1) % 366) {
          crossed.add(leapYear[i]!);
          if (leapYear[i] === until) break;
        }
        const window: ClosedWindow = { from, until, scope: 'ALL' };
        expect(closed([window], on)).toEqual(crossed.has(on.slice(5)) ? window : null);
      }),
      { numRuns: 10_000 },
    );
  });
});
