import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLASS_SIZE_LIMIT } from '../../../kernel/rules/class-size.ts';
import {
  checkCreditCode,
  creditCodeCheck,
  isCreditCode,
  normaliseCreditCode,
} from '../../../kernel/rules/credit-code.ts';
import {
  checkInstitutionCode,
  isInstitutionCode,
  parseInstitutionCode,
} from '../../../kernel/rules/institution-code.ts';
import { ownershipOf } from '../../../kernel/rules/ownership.ts';
import { urbanRuralOf } from '../../../kernel/rules/urban-rural.ts';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

describe('a social credit code', () => {
  it.each(['12110101400888889J', '52330106MJ8751238D', '91440305MA5D12340M'])('is taken as %s', (code) => {
    expect(isCreditCode(code)).toBe(true);
    expect(checkCreditCode(code)).toEqual([]);
  });

  it.each(['12110101400888889K', '12110101400888889', '1211010140088888IJ', '12110101400888889j', ''])(
    'is refused as %j',
    (code) => {
      expect(checkCreditCode(code)).toMatchObject([{ code: 'CREDIT_CODE_WRONG', field: ['creditCode'] }]);
    },
  );

  it('is read in full width and small letters', () => {
    expect(normaliseCreditCode(' １２110101 400888889j')).toBe('12110101400888889J');
  });

  it('notices any one wrong character', () => {
    const anyBody = fc.array(fc.constantFrom(...'0123456789'), { minLength: 15, maxLength: 15 });
    fc.assert(
      fc.property(anyBody, fc.nat(16), fc.integer({ min: 1, max: 30 }), (digits, place, by) => {
        const body = `52${digits.join('')}`;
        const check = creditCodeCheck(body);
        expect(isCreditCode(body + check)).toBe(true);
        const other = ALPHABET.charAt((ALPHABET.indexOf(body.charAt(place)) + by) % 31);
        expect(isCreditCode(body.slice(0, place) + other + body.slice(place + 1) + check)).toBe(false);
      }),
    );
  });
});

describe('an institution code', () => {
  it('has a category, a province and a serial, and no check digit', () => {
    expect(parseInstitutionCode('1144000501')).toEqual({ category: '11', province: '44', serial: '000501' });
    expect(parseInstitutionCode('114400050')).toBeNull();
    expect(['1144000501', '2144000501', '5144000501', '3144000501'].map(isInstitutionCode)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('is of a kindergarten when it begins with 11', () => {
    expect(checkInstitutionCode('1144000501', 'KINDERGARTEN')).toEqual([]);
    const [error] = checkInstitutionCode('2144000501', 'ETHNIC_KINDERGARTEN');
    expect(error).toMatchObject({
      code: 'INSTITUTION_CODE_FORM',
      field: ['code'],
      messageEn: 'An institution code has 10 digits and begins with 11.',
    });
  });

  it('of an attached class is that of its host school', () => {
    expect(checkInstitutionCode('2144000501', 'ATTACHED_CLASS')).toEqual([]);
    expect(checkInstitutionCode('5144000501', 'ATTACHED_CLASS')).toEqual([]);
    expect(checkInstitutionCode('1144000501', 'ATTACHED_CLASS')).toHaveLength(1);
  });
});

describe('what follows from the facts of an institution', () => {
  it.each([
    ['COUNTY_EDUCATION', false, null, 'PUBLIC'],
    ['LOCAL_ENTERPRISE', false, '91440305MA5D12340M', 'PUBLIC'],
    ['PRIVATE', true, '52330106MJ8751238D', 'INCLUSIVE_PRIVATE'],
    ['PRIVATE', true, null, 'INCLUSIVE_PRIVATE'],
    ['PRIVATE', false, '52330106MJ8751238D', 'OTHER_PRIVATE'],
    ['PRIVATE', true, '91440305MA5D12340M', 'OTHER_PRIVATE'],
  ] as const)('founder %s, inclusive %s, credit code %s: %s', (founder, inclusive, creditCode, ownership) => {
    expect(ownershipOf({ founder, inclusive, creditCode })).toBe(ownership);
  });

  it.each([
    ['111', 'URBAN'],
    ['112', 'URBAN'],
    ['121', 'TOWN'],
    ['122', 'TOWN'],
    ['123', 'TOWN'],
    ['210', 'RURAL'],
    ['220', 'RURAL'],
  ] as const)('class %s of a place: %s', (urbanRuralClass, group) => {
    expect(urbanRuralOf(urbanRuralClass)).toBe(group);
  });

  it('the most children a class should hold, by its level', () => {
    expect(CLASS_SIZE_LIMIT).toEqual({ NURSERY: 20, SMALL: 25, MIDDLE: 30, LARGE: 35, MIXED: 30 });
  });
});
