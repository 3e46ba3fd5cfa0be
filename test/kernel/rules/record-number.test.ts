import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formalNumber,
  formatRecordNumber,
  isRecordNumber,
  jNumber,
  maskNumber,
  normaliseRecordNumber,
  parseRecordNumber,
  temporaryNumber,
} from '../../../kernel/rules/record-number.ts';
import { anyCounty, anyDate, anyPerson, anySerial, residentId } from './arbitraries.ts';

const ID = residentId('190101', '2021-03-15', 2);
const anyFourDigits = fc.nat(9999).map((digits) => String(digits).padStart(4, '0'));

describe('a record number', () => {
  it('of type G is the letter and the resident ID', () => {
    expect(formalNumber(ID)).toBe(`G${ID}`);
    expect(parseRecordNumber(`G${ID}`)).toEqual({
      type: 'G',
      body: ID,
      regionCode: '190101',
      bornOn: '2021-03-15',
    });
  });

  it('of type L ends in four digits that are no check', () => {
    expect(temporaryNumber('190101', '2021-03-15', '0000')).toBe('L190101202103150000');
    for (const digits of ['0000', '0001', '9999'])
      expect(isRecordNumber(`L19010120210315${digits}`)).toBe(true);
  });

  it('of type J ends in the check character of a resident ID', () => {
    expect(jNumber('190101', '2021-03-15', 2)).toBe(`J${ID}`);
  });

  it.each([
    ['G with a wrong check character', `G${ID.slice(0, 17)}${ID.endsWith('0') ? '1' : '0'}`],
    ['L with an X at its end', 'L19010120210315000X'],
    ['a birth date that does not exist', 'L190101202102300000'],
    ['an unknown letter', `A${ID}`],
    ['a small letter', `g${ID}`],
    ['18 characters', ID],
    ['20 characters', `G${ID}0`],
    ['nothing', ''],
  ])('is not %s', (_, number) => {
    expect(isRecordNumber(number)).toBe(false);
  });

  it('is not built from parts that do not fit, and the fault does not repeat them', () => {
    for (const build of [
      () => formalNumber('190101210315002'),
      () => temporaryNumber('1901', '2021-03-15', '0000'),
      () => temporaryNumber('190101', '2021-03-15', '000X'),
      () => jNumber('190101', '2021-03-15', 1000),
      () => jNumber('190101', '2021-03-15', -1),
    ]) {
      expect(build).toThrow(/^A record number was built from parts that do not fit\.$/);
    }
  });

  it('is read as it was typed, in any width', () => {
    expect(normaliseRecordNumber(' ｌ190101 20210315\u30000000')).toBe('L190101202103150000');
  });

  it('is masked but for its letter', () => {
    expect(maskNumber('L190101202103150042')).toBe(`L${'*'.repeat(18)}`);
  });

  it('of any type comes back from its parts, with county and birth date', () => {
    fc.assert(
      fc.property(anyCounty, anyDate, anySerial, anyFourDigits, (county, bornOn, serial, digits) => {
        for (const number of [jNumber(county, bornOn, serial), temporaryNumber(county, bornOn, digits)]) {
          expect(number).toHaveLength(19);
          const parts = parseRecordNumber(number)!;
          expect(parts).toMatchObject({ regionCode: county, bornOn });
          expect(formatRecordNumber(parts)).toBe(number);
        }
      }),
    );
  });

  it('shows after masking nothing of the ID inside it', () => {
    fc.assert(
      fc.property(anyPerson, ({ id }) => {
        expect(maskNumber(formalNumber(id))).toBe(`G${'*'.repeat(18)}`);
      }),
    );
  });
});
