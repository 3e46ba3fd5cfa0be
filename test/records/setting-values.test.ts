import { describe, expect, it } from 'vitest';
import { DEADLINE_RULES } from '../../subgraphs/records/model.ts';
import { settingErrors, valueOf, type NewSetting } from '../../subgraphs/records/rules/setting-values.ts';
import { SETTING_NAMES, SETTINGS } from '../../subgraphs/records/rules/setting-words.ts';
import { everyValue, valuesInForce } from '../../subgraphs/records/rules/settings-shown.ts';
import type { ClosedWindow, StoredSetting } from '../../subgraphs/records/rules/settings.ts';

const TODAY = '2026-11-23';
const wish = (changes: Partial<NewSetting>): NewSetting => ({
  name: 'GRADUATION_UNDO_DAYS', value: { number: 10 }, validFrom: TODAY, ...changes,
}); // prettier-ignore
const deadline = (name: NewSetting['name'], length: number, unit: 'WORKING_DAYS' | 'CALENDAR_MONTHS') =>
  wish({ name, value: { deadline: { length, unit } } });
const windows = (...all: [from: string, until: string, scope?: ClosedWindow['scope']][]) =>
  wish({
    name: 'TRANSFER_CLOSED',
    value: { windows: all.map(([from, until, scope = 'ALL']) => ({ from, until, scope })) },
  });
const told = (one: NewSetting) =>
  settingErrors(one, TODAY).map(({ code, field }) => `${code} ${field.join('.')}`);

describe('A setting', () => {
  it.each([
    ['of a number', wish({}), 10],
    ['from a later day', wish({ validFrom: '2027-01-01' }), 10],
    ['of yes or no', wish({ name: 'TRANSFER_BOTH_COUNTIES', value: { flag: false } }), false],
    ['without any window', windows(), []],
    ['of a deadline that no rule fixes, without a reason', deadline('DEADLINE_TRANSFER_DECISION', 5, 'WORKING_DAYS'), { length: 5, unit: 'WORKING_DAYS' }],
    ["of the Measure's own length, without a reason", deadline('DEADLINE_TRANSFER', 10, 'WORKING_DAYS'), { length: 10, unit: 'WORKING_DAYS' }],
    ['of another length, with a reason', { ...deadline('DEADLINE_TRANSFER', 7, 'WORKING_DAYS'), reason: '省实施细则' }, { length: 7, unit: 'WORKING_DAYS' }],
  ])('%s can be set', (_, one, value) => {
    expect([told(one), valueOf(one)]).toEqual([[], value]);
  }); // prettier-ignore

  it.each<[string, NewSetting, string[]]>([
    ['without a value', wish({ value: {} }), ['SETTING_VALUE_KIND value']],
    ['with a value of another kind', wish({ value: { flag: true } }), ['SETTING_VALUE_KIND value']],
    ['with two values', wish({ value: { number: 10, flag: true } }), ['SETTING_VALUE_KIND value']],
    ['below its range', wish({ value: { number: -1 } }), ['SETTING_OUT_OF_RANGE value.number']],
    ['above its range', wish({ value: { number: 367 } }), ['SETTING_OUT_OF_RANGE value.number']],
    ['of no working day', deadline('DEADLINE_TRANSFER_DECISION', 0, 'WORKING_DAYS'), ['SETTING_OUT_OF_RANGE value.deadline.length']],
    ['of too many months', deadline('DEADLINE_TRANSFER_DECISION', 25, 'CALENDAR_MONTHS'), ['SETTING_OUT_OF_RANGE value.deadline.length']],
    ['of a deferral longer than a year', deadline('DEADLINE_DEFERRAL', 13, 'CALENDAR_MONTHS'), ['SETTING_OUT_OF_RANGE value.deadline.length']],
    ['of a deferral in working days', deadline('DEADLINE_DEFERRAL', 100, 'WORKING_DAYS'), ['SETTING_UNIT value.deadline.unit']],
    ['shorter than the Measure, without a reason', deadline('DEADLINE_TRANSFER', 7, 'WORKING_DAYS'), ['SETTING_REASON_NEEDED reason']],
    ['longer than the Measure, without a reason', deadline('DEADLINE_ENROLMENT', 3, 'CALENDAR_MONTHS'), ['SETTING_REASON_NEEDED reason']],
    ['with a blank reason', { ...deadline('DEADLINE_ENROLMENT', 40, 'WORKING_DAYS'), reason: '  ' }, ['SETTING_REASON_NEEDED reason']],
    ['with half a character', wish({ reason: '\ud800' }), ['TEXT_MALFORMED reason']],
    ['with a long reason', wish({ reason: '长'.repeat(201) }), ['TOO_LONG reason']],
    ['from yesterday', wish({ validFrom: '2026-11-22' }), ['SETTING_IN_THE_PAST validFrom']],
    ['from a day that does not exist', wish({ validFrom: '2027-02-29' }), ['DATE_IMPOSSIBLE validFrom']],
    ['with days that are none', windows(['7-15', '08-14'], ['02-30', '13-01']), ['SETTING_DAY_FORM value.windows.0.from', 'SETTING_DAY_FORM value.windows.1.from', 'SETTING_DAY_FORM value.windows.1.until']],
    ['closed all the year', windows(['01-01', '12-31']), ['SETTING_NEVER_OPEN value.windows']],
    ['closed all the year by two windows, one over the new year', windows(['03-01', '09-30'], ['10-01', '02-28', 'CROSS_PROVINCE']), ['SETTING_NEVER_OPEN value.windows']],
    ['with thirteen windows', windows(...Array.from({ length: 13 }, () => ['01-01', '01-02'] as [string, string])), ['TOO_MANY_ITEMS value.windows']],
    ['wrong in every field', wish({ value: {}, validFrom: '', reason: '长'.repeat(201) }), ['SETTING_VALUE_KIND value', 'DATE_IMPOSSIBLE validFrom', 'TOO_LONG reason']],
  ])('%s is refused', (_, one, expected) => {
    expect(told(one)).toEqual(expected);
  }); // prettier-ignore

  it('may open on one day of the year, 29 February not counted', () => {
    expect(told(windows(['03-02', '02-28']))).toEqual([]);
    expect(told(windows(['03-01', '02-28']))).toEqual(['SETTING_NEVER_OPEN value.windows']);
  });

  it('says what was expected and what came', () => {
    const [range] = settingErrors(wish({ value: { number: 400 } }), TODAY);
    expect(range!.messageEn).toBe('GRADUATION_UNDO_DAYS takes 0 to 366; 400 came.');
    const [reason] = settingErrors(deadline('DEADLINE_TRANSFER', 7, 'WORKING_DAYS'), TODAY);
    expect(reason!.messageEn).toBe('The Measure itself says 10 WORKING_DAYS; another length needs a reason.');
  });
});

describe('The settings there are', () => {
  it('are six, and one for each deadline and each daily budget', () => {
    expect(SETTING_NAMES).toEqual([
      'TRANSFER_BOTH_COUNTIES', 'TRANSFER_CLOSED', 'GRADUATION_UNDO_DAYS', 'REINSTATEMENT_MONTHS', 'DEFERRAL_REMINDER_DAYS', 'TERM_ENDS_DAYS_EARLY',
      ...DEADLINE_RULES.map((rule) => `DEADLINE_${rule}`),
      ...['KINDERGARTEN', 'COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'].map((role) => `BUDGET_UNMASKED_${role}`),
      'BUDGET_LOOKED_UP_KINDERGARTEN', 'BUDGET_LOOKED_UP_COUNTY',
      ...['COUNTY', 'CITY', 'PROVINCE'].map((role) => `BUDGET_BREAK_GLASS_${role}`),
    ]);
  }); // prettier-ignore

  it('are law where the Measure speaks, and say so where it does not', () => {
    const of = (basis: string) => SETTING_NAMES.filter((name) => SETTINGS[name].basis === basis);
    expect([of('MEASURE'), of('PRACTICE')]).toEqual([
      ['DEADLINE_ENROLMENT', 'DEADLINE_TRANSFER'],
      ['DEADLINE_TRANSFER_DECISION'],
    ]);
    expect(of('ASSUMED')).toHaveLength(SETTING_NAMES.length - 3);
  });

  const row = (version: number, validFrom: string, value: number, provinceCode = '190000'): StoredSetting => ({
    name: 'GRADUATION_UNDO_DAYS', provinceCode, version, validFrom, value, setBy: 'somebody', reason: null,
    setAt: new Date('2026-08-01T00:00:00.000Z'),
  }); // prettier-ignore

  it('are shown with their default where nobody has set anything', () => {
    const shown = valuesInForce([], '190000', TODAY);
    expect(shown.map(({ name }) => name)).toEqual(SETTING_NAMES);
    const by = { province: null, setBy: null, setAt: null, reason: null, inForce: true };
    expect(shown[2]).toEqual({
      name: 'GRADUATION_UNDO_DAYS', kind: 'number', value: 30, basis: 'ASSUMED', version: 0, validFrom: null, ...by,
    }); // prettier-ignore
    expect(shown[6]).toEqual({
      name: 'DEADLINE_ENROLMENT', kind: 'deadline', value: { length: 2, unit: 'CALENDAR_MONTHS' }, basis: 'MEASURE',
      version: 1, validFrom: '2025-12-29', ...by,
    }); // prettier-ignore
  });

  it('are shown with all that held, holds and will hold, one of them in force', () => {
    const rows = [row(1, '2026-03-01', 40, '000000'), row(2, '2026-06-01', 20), row(3, '2027-01-01', 5)];
    const shown = everyValue(rows, '190000', TODAY).filter(({ name }) => name === 'GRADUATION_UNDO_DAYS');
    expect(shown.map(({ version, basis, province, inForce }) => [version, basis, province, inForce])).toEqual(
      [
        [3, 'PROVINCE', '190000', false],
        [2, 'PROVINCE', '190000', true],
        [1, 'MINISTRY', null, false],
        [0, 'ASSUMED', null, false],
      ],
    );
  });

  it('keep the one in force in the history, however many were set after it', () => {
    const later = Array.from({ length: 30 }, (_, i) => row(i + 2, '2027-01-01', i));
    const shown = everyValue([row(1, '2026-06-01', 20), ...later], '190000', TODAY);
    const versions = shown
      .filter(({ name }) => name === 'GRADUATION_UNDO_DAYS')
      .map(({ version }) => version);
    expect(versions).toEqual([...Array.from({ length: 20 }, (_, i) => 31 - i), 1, 0]);
  });
});
