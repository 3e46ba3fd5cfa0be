import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkDocument,
  checkDocumentRegion,
  type DocumentFacts,
  DOCUMENT_KINDS,
  hasMod11Check,
  mod11Check,
  normalise,
} from '../../../kernel/rules/identity-document.ts';
import { anyPerson, residentId } from './arbitraries.ts';

const BORN_ON = '2021-03-15';
const GIRL: DocumentFacts = {
  kind: 'RESIDENT_ID',
  number: residentId('190101', BORN_ON, 2),
  bornOn: BORN_ON,
  sex: 'FEMALE',
};

function codes(facts: Partial<DocumentFacts>): string[] {
  return checkDocument({ ...GIRL, ...facts }).map((error) => `${error.field.join('.')} ${error.code}`);
}

describe('the check character', () => {
  it.each(['11010519491231002X', '110101202103150021', '330106202012310053', '650102202008150025'])(
    'agrees with the published sample %s',
    (sample) => {
      expect(mod11Check(sample.slice(0, 17))).toBe(sample[17]);
    },
  );

  it('notices one wrong digit and two neighbours changed about, wherever they are', () => {
    fc.assert(
      fc.property(anyPerson, fc.nat(16), fc.integer({ min: 1, max: 9 }), ({ id }, place, by) => {
        const digits = id.split('');
        digits[place] = String((Number(digits[place]) + by) % 10);
        expect(hasMod11Check(digits.join(''))).toBe(false);

        const [left, right] = [id[place]!, id[place + 1]!];
        fc.pre(left !== right && right !== 'X');
        expect(hasMod11Check(id.slice(0, place) + right + left + id.slice(place + 2))).toBe(false);
      }),
    );
  });
});

describe('a resident ID', () => {
  it('is taken when form, check character, birth date and sex fit', () => {
    expect(codes({})).toEqual([]);
  });

  it('is taken for every person whose number was made by the standard', () => {
    fc.assert(
      fc.property(anyPerson, ({ id, bornOn, sex }) => {
        expect(codes({ number: id, bornOn, sex })).toEqual([]);
      }),
    );
  });

  it('is refused with 15 digits, saying how many were expected', () => {
    const [error] = checkDocument({ ...GIRL, number: '190101210315002' });
    expect(error).toMatchObject({ code: 'DOCUMENT_LENGTH_WRONG', field: ['documentNumber'] });
    expect(error!.messageEn).toBe('A document number of 18 characters was expected, 15 came.');
  });

  it.each([
    ['letters where digits belong', { number: 'A90101202103150021' }, ['documentNumber DOCUMENT_FORM_WRONG']],
    ['another birth date given', { bornOn: '2021-03-16' }, ['bornOn ID_BIRTH_DATE_MISMATCH']],
    ['another sex given', { sex: 'MALE' }, ['sex ID_SEX_MISMATCH']],
    [
      'a birth date that does not exist',
      { number: residentId('190101', '2021-02-30', 2) },
      ['documentNumber ID_DATE_IMPOSSIBLE'],
    ],
    ['a wrong check character', { number: wrongCheck(GIRL.number!) }, ['documentNumber ID_CHECKSUM_WRONG']],
    ['nothing', { number: ' ' }, ['documentNumber DOCUMENT_NUMBER_REQUIRED']],
    ['no number at all', { number: null }, ['documentNumber DOCUMENT_NUMBER_REQUIRED']],
  ] as const)('is refused with %s', (_, facts, expected) => {
    expect(codes(facts)).toEqual(expected);
  });

  it('only warns of a region in no list, and not of other kinds', () => {
    const knows = (code: string) => code === '190101';
    expect(checkDocumentRegion(GIRL, knows)).toEqual([]);
    expect(checkDocumentRegion(GIRL, () => false)).toMatchObject([{ code: 'ID_REGION_UNKNOWN' }]);
    expect(checkDocumentRegion({ kind: 'PASSPORT', number: 'A12345678' }, () => false)).toEqual([]);
  });
});

describe('other documents', () => {
  it.each([
    ['RESIDENCE_PERMIT_HMT', '810000202009080016', '2020-09-08', 'MALE'],
    ['RESIDENCE_PERMIT_HMT', '820000202101010020', '2021-01-01', 'FEMALE'],
    ['RESIDENCE_PERMIT_HMT', '830000201912120036', '2019-12-12', 'MALE'],
    ['FOREIGN_PERMANENT_RESIDENT_ID', '911840202001010012', '2020-01-01', 'MALE'],
    ['FOREIGN_PERMANENT_RESIDENT_ID', 'USA110020010112', '2020-01-01', 'MALE'],
    ['MAINLAND_TRAVEL_PERMIT_HK_MACAU', 'H12345678', BORN_ON, 'FEMALE'],
    ['MAINLAND_TRAVEL_PERMIT_HK_MACAU', 'M1234567801', BORN_ON, 'FEMALE'],
    ['MAINLAND_TRAVEL_PERMIT_TAIWAN', '12345678', BORN_ON, 'FEMALE'],
    ['MAINLAND_TRAVEL_PERMIT_TAIWAN', '1234567801', BORN_ON, 'FEMALE'],
    ['PASSPORT', 'e 1234567', BORN_ON, 'FEMALE'],
    ['BIRTH_CERTIFICATE', 'T190000001', BORN_ON, 'FEMALE'],
    ['NONE', '', BORN_ON, 'FEMALE'],
    ['NONE', null, BORN_ON, 'FEMALE'],
  ] as const)('of kind %s are taken as %s', (kind, number, bornOn, sex) => {
    expect(codes({ kind, number, bornOn, sex })).toEqual([]);
  });

  it.each([
    ['RESIDENCE_PERMIT_HMT', residentId('190101', BORN_ON, 2), 'ID_REGION_WRONG'],
    ['FOREIGN_PERMANENT_RESIDENT_ID', residentId('190101', BORN_ON, 2), 'ID_REGION_WRONG'],
    ['FOREIGN_PERMANENT_RESIDENT_ID', wrongCheck('911840202001010012'), 'ID_CHECKSUM_WRONG'],
    ['FOREIGN_PERMANENT_RESIDENT_ID', 'USA1234', 'DOCUMENT_LENGTH_WRONG'],
    ['MAINLAND_TRAVEL_PERMIT_HK_MACAU', 'A12345678', 'DOCUMENT_FORM_WRONG'],
    ['MAINLAND_TRAVEL_PERMIT_TAIWAN', '123456789', 'DOCUMENT_FORM_WRONG'],
    ['PASSPORT', 'E123', 'DOCUMENT_FORM_WRONG'],
    ['PASSPORT', 'E'.repeat(21), 'DOCUMENT_FORM_WRONG'],
    ['BIRTH_CERTIFICATE', '1190000001', 'DOCUMENT_FORM_WRONG'],
    ['NONE', 'E1234567', 'DOCUMENT_NUMBER_UNEXPECTED'],
  ] as const)('of kind %s are refused as %s with %s', (kind, number, code) => {
    expect(codes({ kind, number })).toEqual([`documentNumber ${code}`]);
  });

  it('are refused or taken without a fault, whatever is typed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...DOCUMENT_KINDS), fc.string({ unit: 'binary' }), (kind, number) => {
        for (const error of checkDocument({ ...GIRL, kind, number }))
          expect(error.message).not.toContain('{');
      }),
    );
  });
});

describe('normalising a number', () => {
  it('takes full width, small letters, spaces and the multiplication sign for X', () => {
    expect(normalise('RESIDENT_ID', ' １９０１０１ 20210315 002x\u200B')).toBe('19010120210315002X');
    expect(normalise('RESIDENT_ID', '19010120210315002×')).toBe('19010120210315002X');
    expect(normalise('NONE', '\u3000')).toBeNull();
    expect(normalise('PASSPORT', undefined)).toBeNull();
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...DOCUMENT_KINDS), fc.string({ unit: 'binary' }), (kind, number) => {
        const once = normalise(kind, number);
        expect(normalise(kind, once)).toBe(once);
      }),
    );
  });
});

function wrongCheck(number: string): string {
  return number.slice(0, 17) + (number.endsWith('0') ? '1' : '0');
}

describe('A number of another kind of document', () => {
  const shifted = (number: string) => ({
    kind: 'RESIDENT_ID' as const,
    number,
    bornOn: `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`,
    sex: Number(number[16]) % 2 === 1 ? ('MALE' as const) : ('FEMALE' as const),
  });

  it.each([
    ['of Hong Kong', '810000202009080016'],
    ['of Macau', '820000202101010020'],
    ['of Taiwan', '830000201912120036'],
  ])('is no resident ID: a permit %s', (_, number) => {
    expect(checkDocument(shifted(number)).map(({ code, field }) => [code, field])).toEqual([
      ['DOCUMENT_KIND_WRONG', ['documentKind']],
    ]);
  });

  it("is no resident ID: a foreigner's card", () => {
    const codes = checkDocument(shifted('911840202001010012')).map(({ code }) => code);
    expect(codes).toContain('DOCUMENT_KIND_WRONG');
  });
});
