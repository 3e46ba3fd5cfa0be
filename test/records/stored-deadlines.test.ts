import { expect, it } from 'vitest';
import { namedDays } from '../../kernel/rules/calendar-year.ts';
import { calendarOf } from '../../kernel/rules/working-days.ts';
import { clockOf } from '../../subgraphs/records/rules/clock.ts';
import { DEADLINES } from '../../subgraphs/records/rules/deadlines.ts';
import type { StoredSetting } from '../../subgraphs/records/rules/settings.ts';
import { loadCalendarYear, seedCalendar } from '../../subgraphs/records/service/load-calendar.ts';
import { reckoningFor, reckoningsFor, settingsFor } from '../../subgraphs/records/service/settings.ts';
import { recordQueries } from '../../subgraphs/records/store/queries.ts';
import { settingQueries } from '../../subgraphs/records/store/settings.ts';
import { openRecordStore, type RecordStore } from '../../subgraphs/records/store/store.ts';
import { eachDatabase } from '../support/databases.ts';
import { noticeOf2027 } from '../support/notice.ts';
import { application, now, put, read, years } from './support.ts';

const ZHEJIANG = '330000';
const row = (changes: Partial<StoredSetting>): StoredSetting => ({
  name: 'DEADLINE_TRANSFER', provinceCode: ZHEJIANG, version: 1001, validFrom: '2026-12-01',
  value: { length: 7, unit: 'WORKING_DAYS' }, setBy: 'province-33', setAt: now(), reason: '省实施细则', ...changes,
}); // prettier-ignore
const ROWS = [
  row({}),
  row({ version: 1002, provinceCode: '000000', value: { length: 12, unit: 'WORKING_DAYS' } }),
  row({ version: 1003, provinceCode: '420000' }),
  row({ version: 1001, name: 'DEADLINE_ENROLMENT', value: { length: 40, unit: 'WORKING_DAYS' } }),
  row({ version: 1, name: 'TRANSFER_BOTH_COUNTIES', value: true, validFrom: '2026-11-23', reason: null }),
];
const calendar = calendarOf(years.flatMap(namedDays));

eachDatabase('Settings in the database', (databases) => {
  const opened = async () => {
    const store = await openRecordStore(await databases.fresh('settings'));
    await seedCalendar({ store, now }, years);
    await store.transaction((tx) => tx.insert(store.tables.setting, ROWS));
    return store;
  };
  const queriesOf = (store: RecordStore) => ({ ...recordQueries(store), ...settingQueries(store) });

  it('come back as they were set, and leave nothing to migrate', async () => {
    const store = await opened();
    const queries = queriesOf(store);
    expect(await queries.settingsOf([ZHEJIANG])).toEqual([ROWS[3], ROWS[0], ROWS[4]]);
    expect(await queries.settingsNamed('DEADLINE_TRANSFER')).toEqual(ROWS.slice(0, 3));
    expect(await store.drift()).toEqual([]);
    await store.close();
  });

  it('are those of the province over those of the nation, for many provinces in one statement', async () => {
    const store = await opened();
    const queries = queriesOf(store);
    let statements = 0;
    const counting = { settingsOf: (codes: readonly string[]) => (statements++, queries.settingsOf(codes)) };
    const found = await settingsFor(counting, [ZHEJIANG, '110000'], '2026-11-23');
    expect(statements).toBe(1);
    expect([...found].map(([code, { transferBothCounties }]) => [code, transferBothCounties])).toEqual([
      [ZHEJIANG, true],
      ['110000', false],
    ]);
    expect((await settingsFor(counting, [ZHEJIANG], '2026-11-22')).get(ZHEJIANG)!.transferBothCounties).toBe(false);
    await store.close();
  }); // prettier-ignore

  it('give the clock of a step the version in force on the day it begins', async () => {
    const store = await opened();
    const reckonings = await reckoningsFor(queriesOf(store), [ZHEJIANG, '110000']);
    const begun = (from: string, province: string) => {
      const { dueOn, dueVersion } = clockOf('TRANSFER', from, reckonings.get(province)!);
      return [dueOn, dueVersion];
    };
    expect(begun('2026-11-30', ZHEJIANG)).toEqual(['2026-12-14', 1]);
    expect(begun('2026-12-01', ZHEJIANG)).toEqual(['2026-12-10', 1001]);
    expect(begun('2026-12-01', '110000')).toEqual(['2026-12-17', 1002]);
    expect(await reckoningFor(queriesOf(store), ZHEJIANG)).toMatchObject({ provinceCode: ZHEJIANG });
    await store.close();
  });

  it('are found by a notice that dates open steps anew, each step under the version it began with', async () => {
    const store = await opened();
    const { deadlines } = await reckoningFor(queriesOf(store), ZHEJIANG);
    const under = (
      rule: 'TRANSFER' | 'ENROLMENT',
      from: string,
      provinceCode = ZHEJIANG,
      of = deadlines,
    ) => ({
      ...application(rule, from),
      ...clockOf(rule, from, { provinceCode, calendar, deadlines: of }),
    });
    const steps = [
      under('TRANSFER', '2026-12-18', ZHEJIANG, DEADLINES),
      under('TRANSFER', '2026-12-23'),
      under('TRANSFER', '2026-12-18', '110000'),
      under('ENROLMENT', '2026-12-18'),
    ];
    await put(store, steps);
    const dates = async () =>
      Promise.all(
        steps.map(async ({ id }) => {
          const { dueVersion, dueOn, dueProvisional } = await read(store, id);
          return [dueVersion, dueOn, dueProvisional];
        }),
      );
    expect(await dates()).toEqual([
      [1, '2027-01-04', true],
      [1001, '2027-01-04', true],
      [1002, '2027-01-06', true],
      [1001, '2027-02-17', true],
    ]);
    expect(await loadCalendarYear({ store, now }, noticeOf2027)).toMatchObject({ moved: 4, confirmed: 0 });
    expect(await dates()).toEqual([
      [1, '2027-01-03', false],
      [1001, '2027-01-03', false],
      [1002, '2027-01-05', false],
      [1001, '2027-02-18', false],
    ]);
    await store.close();
  });
});
