import { describe, expect, it } from 'vitest';
import { readCalendarYears } from '../../../kernel/calendar-data.ts';
import { calendarFaults } from '../../../kernel/rules/calendar-faults.ts';

const [, year] = readCalendarYears();
const good = year!;
const holiday = (changes: object) => ({
  holidays: [...good.holidays.slice(1), { ...good.holidays[0]!, ...changes }],
});

describe('A calendar file', () => {
  it('is taken with its notice, and without one', () => {
    expect(calendarFaults(good)).toEqual([]);
    expect(calendarFaults({ ...good, notice: null })).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['is an object', null],
    ['is not a list', []],
    ['has a year that is a number', { ...good, year: '2026' }],
    ['has a year from 2025 on', { ...good, year: 2024 }],
    ['says that it has no notice', { ...good, notice: undefined }],
    ['names its holidays', { ...good, holidays: [{ from: '2026-01-01', to: '2026-01-03' }] }],
    ['has its make-up days as text', { ...good, makeUpDays: [20260104] }],
  ])('%s', (_, value) => {
    expect(calendarFaults(value)).toEqual([
      '应为 year、notice、holidays、makeUpDays。Expected a calendar year of this form.',
    ]);
  });

  it.each<[string, object, string]>([
    [
      'names its year in the title of the notice',
      { notice: { ...good.notice!, title: '关于2025年部分节假日安排的通知' } },
      'notice.title: 应含 2026年。Expected the title to name 2026: 关于2025年部分节假日安排的通知',
    ],
    [
      'has a number of the form notices have',
      { notice: { ...good.notice!, number: '7' } },
      'notice.number: 应如 国办发明电〔2025〕7号。Expected such a number: 7',
    ],
    [
      'is issued on a day that exists',
      { notice: { ...good.notice!, issuedOn: '2025-11-31' } },
      'notice.issuedOn: 应为日期。Expected a date: 2025-11-31',
    ],
    [
      'has holidays that end after they begin',
      holiday({ from: '2026-01-03', to: '2026-01-01' }),
      'holidays[6]: 应为 2026 年内至多 12 日。Expected up to 12 days of 2026: 2026-01-03–2026-01-01',
    ],
    [
      'has no holiday of a month',
      holiday({ from: '2026-01-01', to: '2026-01-31' }),
      'holidays[6]: 应为 2026 年内至多 12 日。Expected up to 12 days of 2026: 2026-01-01–2026-01-31',
    ],
    [
      'has no holiday of another year',
      holiday({ from: '2027-01-01', to: '2027-01-03' }),
      'holidays[6]: 应为 2026 年内至多 12 日。Expected up to 12 days of 2026: 2027-01-01–2027-01-03',
    ],
    [
      'makes up on weekends only',
      { makeUpDays: ['2026-01-05'] },
      'makeUpDays[0]: 应为 2026 年的周末。Expected a weekend day of 2026: 2026-01-05',
    ],
    [
      'names a day once',
      { makeUpDays: ['2026-01-04', '2026-10-03'] },
      '一日只应列一次。Expected each day once: 2026-10-03',
    ],
    [
      'has the days the regulation fixes',
      { holidays: good.holidays.slice(1) },
      '缺少法定假日。Expected the days fixed by the regulation, without: 2026-01-01',
    ],
  ])('%s', (_, changes, fault) => {
    expect(calendarFaults({ ...good, ...changes })).toEqual([fault]);
  });

  it("may begin New Year's holiday in the year before", () => {
    expect(calendarFaults({ ...good, ...holiday({ from: '2025-12-30' }) })).toEqual([]);
  });
});
