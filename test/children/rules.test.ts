import { describe, expect, it } from 'vitest';
import { checkNewChild, type NewChild } from '../../subgraphs/children/rules/new-child.ts';
import { documentText, identityText, likenessText } from '../../subgraphs/children/rules/sameness.ts';
import { LOOKS, saidOnce } from '../../subgraphs/children/rules/showing.ts';
import { regionsNamed, warningsAbout } from '../../subgraphs/children/rules/warnings.ts';
import { aChild, codes, inventedId, MOON, SUN } from './support.ts';

const TODAY = '2026-09-01';
const guardian = { relation: 'MOTHER', name: '某大满', phone: '13800008000' } as const;
const without = { documentKind: 'NONE', documentNumber: null } as const;

describe('A new child', () => {
  it('is registered when nothing speaks against it', () => {
    expect(checkNewChild(aChild(), TODAY)).toEqual([]);
  });

  it.each<[string, Partial<NewChild>, string, string[]]>([
    ['an empty name', { name: ' ' }, 'NAME_EMPTY', ['name']],
    ['a name of 101 characters', { name: '名'.repeat(101) }, 'TOO_LONG', ['name']],
    ['digits in the name', { name: '某1' }, 'NAME_CHARACTERS', ['name']],
    ['a day that does not exist', { bornOn: '2022-02-30', ...without }, 'DATE_IMPOSSIBLE', ['bornOn']],
    ['a birth after today', { bornOn: '2026-09-02', ...without }, 'BIRTH_DATE_FUTURE', ['bornOn']],
    ['a birth eleven years ago', { bornOn: '2016-08-31', ...without }, 'BIRTH_DATE_TOO_OLD', ['bornOn']],
    ['a nationality in small letters', { nationality: 'chn' }, 'NATIONALITY_FORM', ['nationality']],
    ['an ethnic group nobody knows', { ethnicity: '99' }, 'VALUE_NOT_IN_LIST', ['ethnicity']],
    [
      'a household region of five digits',
      { householdRegion: '33010' },
      'HOUSEHOLD_REGION_FORM',
      ['householdRegion'],
    ],
    [
      'a document without its number',
      { documentNumber: null },
      'DOCUMENT_NUMBER_REQUIRED',
      ['documentNumber'],
    ],
    [
      'a number without a document',
      { documentKind: 'NONE' },
      'DOCUMENT_NUMBER_UNEXPECTED',
      ['documentNumber'],
    ],
    ['neither document nor guardian', { ...without, guardians: [] }, 'GUARDIAN_REQUIRED', ['guardians']],
    [
      'five guardians',
      { guardians: Array<typeof guardian>(5).fill(guardian) },
      'TOO_MANY_ITEMS',
      ['guardians'],
    ],
    [
      'a nameless guardian',
      { guardians: [{ ...guardian, name: '' }] },
      'NAME_EMPTY',
      ['guardians', '0', 'name'],
    ],
    [
      'five digits of phone',
      { guardians: [{ ...guardian, phone: '12345' }] },
      'PHONE_FORM_WRONG',
      ['guardians', '0', 'phone'],
    ],
    [
      'letters in the phone',
      { guardians: [{ ...guardian, phone: '1380000800O' }] },
      'PHONE_FORM_WRONG',
      ['guardians', '0', 'phone'],
    ],
  ])('is refused for %s, at the field in question', (_, changes, code, field) => {
    expect(checkNewChild(aChild(changes), TODAY).map((e) => [e.code, e.field])).toEqual([[code, field]]);
  });

  it.each<[string, Partial<NewChild>, string[]]>([
    ['name', { name: '某\ud800' }, ['name']],
    ['birth date', { bornOn: '2022-05-2\udc00', ...without }, ['bornOn']],
    ['nationality', { nationality: 'CH\ud800' }, ['nationality']],
    ['ethnic group', { ethnicity: '0\ud800' }, ['ethnicity']],
    ['number', { documentKind: 'PASSPORT', documentNumber: 'E12345\ud800' }, ['documentNumber']],
    ['household region', { householdRegion: '33010\ud800' }, ['householdRegion']],
    ['guardian', { guardians: [{ ...guardian, name: '\udc00某' }] }, ['guardians', '0', 'name']],
    ['phone', { guardians: [{ ...guardian, phone: '1380000\ud800' }] }, ['guardians', '0', 'phone']],
  ])('is refused for half a character in the %s, and for nothing else', (_, changes, field) => {
    expect(checkNewChild(aChild(changes), TODAY).map((e) => [e.code, e.field])).toEqual([
      ['TEXT_MALFORMED', field],
    ]);
  });

  it('is refused where the ID says another sex or birth date', () => {
    const documentNumber = inventedId('2022-05-21', 'MALE', 1);
    const errors = checkNewChild({ ...aChild(), documentNumber }, TODAY);
    expect(codes(errors)).toEqual(['ID_BIRTH_DATE_MISMATCH', 'ID_SEX_MISMATCH']);
  });

  it('hears only once that its birth date does not exist', () => {
    const child = { ...aChild(), bornOn: '2022-02-30' };
    expect(codes(checkNewChild(child, TODAY))).toEqual(['DATE_IMPOSSIBLE']);
  });

  it.each(['2026-09-01', '2016-09-01'])('may be born on %s', (bornOn) => {
    expect(checkNewChild(aChild({ bornOn, ...without }), TODAY)).toEqual([]);
  });

  it.each(['+86 138-0000-8000', '123456', '02112345678'])('may have a guardian with phone %s', (phone) => {
    expect(checkNewChild(aChild({ guardians: [{ ...guardian, phone }] }), TODAY)).toEqual([]);
  });
});

describe('Two entries', () => {
  it.each([
    ['a full-width number', { documentNumber: 'Ｅ１２３４５' }, { documentNumber: 'e12345' }],
    ['spaces in the number', { documentNumber: 'E1 23 45' }, { documentNumber: 'E12345' }],
  ])('mean the same document despite %s', (_, a, b) => {
    const passport = (changes: Partial<NewChild>) =>
      identityText(aChild({ documentKind: 'PASSPORT', ...changes }));
    expect(passport(a)).toBe(passport(b));
  });

  it.each([
    ['another middle dot', '阿依·古丽', '阿依•古丽'],
    ['a compatibility form', '某豈', '某豈'],
    ['spaces around', '某小满', ' 某小满 '],
    ['a space inside', '某小满', '某 小满'],
    ['another shape of a character', '某葛', '某葛\u{E0100}'],
  ])('look alike despite %s in the name', (_, a, b) => {
    expect(likenessText(aChild({ name: a }))).toBe(likenessText(aChild({ name: b })));
  });

  it('differ by kind though the number is the same', () => {
    expect(documentText('PASSPORT', 'E1234567')).not.toBe(documentText('BIRTH_CERTIFICATE', 'E1234567'));
  });

  it('without documents are told apart by the first guardian', () => {
    const by = (name: string) => identityText(aChild({ ...without, guardians: [{ ...guardian, name }] }));
    expect(by('某甲')).toBe(by(' 某甲'));
    expect(by('某甲')).not.toBe(by('某乙'));
  });

  it('have no number to be looked up by where there is no document', () => {
    expect(documentText('NONE', '123')).toBeNull();
  });
});

describe('Warnings', () => {
  const regions = new Map([
    ['330105', { code: '330105', validTo: null }],
    ['330103', { code: '330103', validTo: '2021-04-09' }],
    ['330199', { code: '330199', validTo: '2026-09-02' }],
    ['190101', { code: '190101', validTo: null }],
  ]);

  it.each<[string, string | null, string[]]>([
    ['no household region', null, []],
    ['a present region', '330105', []],
    ['a region that will be abolished tomorrow', '330199', []],
    ['an abolished region', '330103', ['HOUSEHOLD_REGION_ABOLISHED']],
    ['an unknown region', '999999', ['HOUSEHOLD_REGION_UNKNOWN']],
  ])('for %s', (_, householdRegion, expected) => {
    expect(codes(warningsAbout(aChild({ householdRegion }), regions, TODAY, 0))).toEqual(expected);
  });

  it('point out a region of first registration in no list', () => {
    expect(codes(warningsAbout(aChild(), new Map([['330105', regions.get('330105')!]]), TODAY, 0))).toEqual([
      'ID_REGION_UNKNOWN',
    ]);
  });

  it('say how many other children are alike', () => {
    const [warning] = warningsAbout(aChild(), regions, TODAY, 2);
    expect(warning).toMatchObject({ code: 'POSSIBLE_DUPLICATE', field: [] });
    expect(warning!.messageEn).toContain('2 more children');
  });

  it('depend on the household region and the first six digits of a resident ID', () => {
    expect(regionsNamed(aChild())).toEqual(['330105', '190101']);
    expect(regionsNamed(aChild({ ...without, householdRegion: null }))).toEqual([]);
  });
});

describe('What is shown', () => {
  const guardian = {
    childId: 'c', institutionCode: SUN, seq: 0, relation: 'OTHER', name: '某', phone: '13800008000',
  } as const; // prettier-ignore

  it('of guardians is said once where two institutions said it alike', () => {
    const by = (institutionCode: string, phone: string) => ({ ...guardian, institutionCode, phone });
    const all = [by(MOON, '13800008000'), by(SUN, '13800008000'), by(SUN, '13900008000')];
    expect(saidOnce(all).map(({ institutionCode, phone }) => [institutionCode, phone])).toEqual([
      [MOON, '13800008000'],
      [SUN, '13900008000'],
    ]);
  });

  it.each([
    ['CHILD_NAME', '某小满', '某*', '某小满'],
    ['DOCUMENT_NUMBER', 'E12345678', '*********', '*****5678'],
    ['GUARDIAN_NAME', '某大满', '某*', '某大满'],
    ['GUARDIAN_PHONE', '13800008000', '138****8000', '13800008000'],
  ] as const)('of %s is masked, or opened by a purpose', (field, plain, masked, open) => {
    expect([LOOKS[field].masked(plain), LOOKS[field].open(plain)]).toEqual([masked, open]);
  });
});
