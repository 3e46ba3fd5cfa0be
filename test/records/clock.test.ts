import { describe, expect, it } from 'vitest';
import { readCalendarYears } from '../../kernel/calendar-data.ts';
import { namedDays } from '../../kernel/rules/calendar-year.ts';
import { calendarOf } from '../../kernel/rules/working-days.ts';
import { DEADLINE_RULES } from '../../subgraphs/records/model.ts';
import {
  clockOf,
  countsWorkingDays,
  deadlineFor,
  dueOn,
  redated,
} from '../../subgraphs/records/rules/clock.ts';
import { DEADLINES, type Deadline } from '../../subgraphs/records/rules/deadlines.ts';

const calendar = calendarOf(readCalendarYears().flatMap(namedDays));

const version = (changes: Partial<Deadline>): Deadline => ({
  rule: 'TRANSFER', length: 10, unit: 'WORKING_DAYS', version: 1, validFrom: '2026-01-01', province: null,
  basis: 'MEASURE', ...changes,
}); // prettier-ignore

/** An invented nation that lengthens a rule, with one province that shortens it and later counts in months. */
const INVENTED = [
  version({}),
  version({ version: 2, length: 7, province: '190000', validFrom: '2026-03-01' }),
  version({ version: 3, length: 12, validFrom: '2026-06-01' }),
  version({ version: 4, length: 1, unit: 'CALENDAR_MONTHS', province: '190000', validFrom: '2026-09-01' }),
];

describe('A deadline', () => {
  it.each([
    ['the first version, from its first day', '330000', '2026-01-01', 1],
    ['the first version, for a step older than all', '330000', '2020-01-01', 1],
    ["the nation's, before the province has its own", '190000', '2026-02-28', 1],
    ["the province's own, from its first day", '190000', '2026-03-01', 2],
    ["the province's own, even beside a newer one of the nation", '190000', '2026-06-01', 2],
    ["the nation's, in every other province", '330000', '2026-03-01', 1],
    ['the newer one, from its first day', '330000', '2026-06-01', 3],
    ["the nation's, where no province is in charge", null, '2026-09-01', 3],
    ["the province's newest", '190000', '2026-12-31', 4],
  ])('is %s', (_, province, on, expected) => {
    expect(deadlineFor('TRANSFER', province, on, INVENTED).version).toBe(expected);
  });

  it('that nobody has written is a fault, not a guess', () => {
    expect(() => deadlineFor('DEFERRAL', null, '2026-01-01', INVENTED)).toThrow(
      'The rule DEFERRAL has no version for the nation.',
    );
  });

  it.each([
    ['ten working days after a Friday before the festival', 'TRANSFER', '2026-02-13', '2026-03-05', false],
    ['ten working days over the turn of the year', 'TRANSFER', '2026-12-18', '2027-01-04', true],
    ['two months after entry', 'ENROLMENT', '2026-09-01', '2026-11-01', false],
    ['two months after the last of December', 'ENROLMENT', '2026-12-31', '2027-02-28', false],
  ] as const)('is %s', (_, rule, from, day, provisional) => {
    expect(dueOn(rule, from, { provinceCode: '330000', calendar })).toEqual({
      dueOn: day,
      version: 1,
      provisional,
    });
  });

  it('of a province is reckoned in its own unit and says its version', () => {
    const reckoning = { provinceCode: '190000', calendar, deadlines: INVENTED };
    expect(clockOf('TRANSFER', '2026-12-18', reckoning)).toEqual({
      dueOn: '2027-01-18', dueRule: 'TRANSFER', dueFrom: '2026-12-18', dueVersion: 4, dueProvisional: false,
    }); // prettier-ignore
  });
});

describe('A clock by a newer calendar', () => {
  const begun = clockOf('TRANSFER', '2026-05-20', { provinceCode: '330000', calendar, deadlines: INVENTED });

  it('stays as it is when nothing it looked at changed', () => {
    expect(redated(begun, calendar, INVENTED)).toBeNull();
  });

  it('moves under the version it began with, though a newer one is in force', () => {
    const day = { day: '2026-05-21', working: false, year: 2026, source: '', provisional: false };
    const strict = calendarOf([...readCalendarYears().flatMap(namedDays), day]);
    expect([begun.dueOn, redated(begun, strict, INVENTED)]).toEqual([
      '2026-06-03',
      { dueOn: '2026-06-04', dueProvisional: false },
    ]);
  });

  it('is a fault where its version is gone', () => {
    expect(() => redated({ ...begun, dueVersion: 9 }, calendar, INVENTED)).toThrow(
      'The rule TRANSFER has no version 9.',
    );
  });
});

describe('The deadlines there are', () => {
  it('have a version for the nation under every rule, from the first day of the Measure', () => {
    const nation = DEADLINES.filter(({ province }) => province === null);
    expect(DEADLINE_RULES.map((rule) => nation.find((one) => one.rule === rule)?.validFrom)).toEqual(
      DEADLINE_RULES.map(() => '2025-12-29'),
    );
  });

  it('name each version of a rule once', () => {
    const names = DEADLINES.map(({ rule, version }) => `${rule} ${version}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('count working days everywhere but for enrolment and the length of a deferral', () => {
    expect(DEADLINE_RULES.filter((rule) => !countsWorkingDays(rule))).toEqual(['ENROLMENT', 'DEFERRAL']);
  });
});
