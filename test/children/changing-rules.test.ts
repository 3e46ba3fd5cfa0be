import { describe, expect, it } from 'vitest';
import type { ChildHolder, Statement } from '../../subgraphs/children/model.ts';
import { changeErrors, restated, type DetailChange } from '../../subgraphs/children/rules/changing.ts';
import { changedDetails, originStatedBy } from '../../subgraphs/children/rules/statement.ts';
import { KEY_FIELD_OF_INPUT } from '../../kernel/rules/key-fields.ts';
import { MOON, STAR, SUN } from './support.ts';

const mother = { relation: 'MOTHER', name: '某大满', phone: '13800008000' } as const;
const father = { relation: 'FATHER', name: '某大雪', phone: '13900009000' } as const;
const before: Statement = {
  nationality: 'CHN',
  ethnicity: '01',
  householdRegion: '330105',
  guardians: [mother, father],
};
const nothing: DetailChange = {
  nationality: null, ethnicity: null, householdRegion: null, guardians: null,
  name: null, sex: null, bornOn: null, documentKind: null, documentNumber: null,
}; // prettier-ignore
const errors = (changes: Partial<DetailChange>, kind: 'RESIDENT_ID' | 'NONE' = 'RESIDENT_ID') =>
  changeErrors({ ...nothing, ...changes }, before, kind).map(({ code, field }) => [code, field]);
const after = (changes: Partial<DetailChange>) => restated(before, { ...nothing, ...changes });

describe('A change of other information', () => {
  it.each<[string, Partial<DetailChange>, string[]]>([
    ['nothing', {}, []],
    ['what is stated already', { ethnicity: '01', guardians: [mother, father] }, []],
    ['the nationality', { nationality: 'KAZ' }, ['NATIONALITY']],
    ['the ethnic group', { ethnicity: '02' }, ['ETHNICITY']],
    ['the household region', { householdRegion: '330106' }, ['HOUSEHOLD_REGION']],
    ['a phone', { guardians: [mother, { ...father, phone: '13900009001' }] }, ['GUARDIANS']],
    ['the order of the guardians', { guardians: [father, mother] }, ['GUARDIANS']],
    ['everything', { nationality: 'KAZ', ethnicity: '02', householdRegion: '330106', guardians: [] }, ['NATIONALITY', 'ETHNICITY', 'HOUSEHOLD_REGION', 'GUARDIANS']], // prettier-ignore
  ])('of %s changes that and nothing else', (_, changes, changed) => {
    expect(errors(changes)).toEqual([]);
    expect(changedDetails(before, after(changes))).toEqual(changed);
  });

  it('leaves a phone that comes back as it was shown', () => {
    const shown = [{ ...father, phone: '139****9000' }, { ...mother, name: '某大曼', phone: '138****8000' }]; // prettier-ignore
    expect(after({ guardians: shown }).guardians).toEqual([father, { ...mother, name: '某大曼' }]);
    expect(errors({ guardians: shown })).toEqual([]);
  });

  it.each<[string, Partial<DetailChange>, string, string[]]>([
    ['a nationality in small letters', { nationality: 'chn' }, 'NATIONALITY_FORM', ['nationality']],
    ['an ethnic group nobody knows', { ethnicity: '99' }, 'VALUE_NOT_IN_LIST', ['ethnicity']],
    ['a household region of five digits', { householdRegion: '33010' }, 'HOUSEHOLD_REGION_FORM', ['householdRegion']], // prettier-ignore
    ['half a character', { householdRegion: '33010\ud800' }, 'TEXT_MALFORMED', ['householdRegion']],
    ['half a character in a name', { guardians: [{ ...mother, name: '\udc00' }] }, 'TEXT_MALFORMED', ['guardians', '0', 'name']], // prettier-ignore
    ['a nameless guardian', { guardians: [{ ...mother, name: '' }] }, 'NAME_EMPTY', ['guardians', '0', 'name']], // prettier-ignore
    ['five guardians', { guardians: Array<typeof mother>(5).fill(mother) }, 'TOO_MANY_ITEMS', ['guardians']],
    ['a masked phone nobody has', { guardians: [{ ...mother, phone: '137****7000' }] }, 'PHONE_FORM_WRONG', ['guardians', '0', 'phone']], // prettier-ignore
  ])('is refused for %s, at the field in question', (_, changes, code, field) => {
    expect(errors(changes)).toEqual([[code, field]]);
  });

  it('is refused where it leaves a child without a document and without a guardian', () => {
    expect(errors({ guardians: [] }, 'NONE')).toEqual([['GUARDIAN_REQUIRED', ['guardians']]]);
    expect(errors({ ethnicity: '02' }, 'NONE')).toEqual([]);
  });

  it.each(Object.keys(KEY_FIELD_OF_INPUT))(
    'is refused for the key field %s, naming the act for it',
    (field) => {
      const change = { ...nothing, ethnicity: '02', [field]: 'x' };
      const [error] = changeErrors(change, before, 'RESIDENT_ID');
      expect([error!.code, error!.field]).toEqual(['KEY_FIELD_NEEDS_CORRECTION', [field]]);
      expect(error!.message).toContain('requestCorrection');
      expect(error!.messageEn).not.toContain('?');
    },
  );
});

describe('Where a child comes from', () => {
  const hold = (institutionCode: string, day: string, more: Partial<ChildHolder> = {}): ChildHolder => ({
    childId: 'c', institutionCode, provinceCode: '330000', cityCode: null, countyCode: '330105',
    heldSince: new Date(`${day}T00:00:00.000Z`), movedOn: null, untilOn: null,
    nationality: 'CHN', ethnicity: null, householdRegion: null, ...more,
  }); // prettier-ignore

  it('is what the latest holder has stated, and else the one before', () => {
    const all = [
      hold(SUN, '2026-01-01', { ethnicity: '01', householdRegion: '330105' }),
      hold(STAR, '2026-03-01', { nationality: 'KAZ' }),
      hold(MOON, '2026-02-01', { ethnicity: '02' }),
    ];
    expect(originStatedBy(all)).toEqual({ nationality: 'KAZ', ethnicity: '02', householdRegion: '330105' });
    expect(originStatedBy([...all].reverse())).toEqual(originStatedBy(all));
  });

  it('is nothing where nobody holds it', () => {
    expect(originStatedBy([])).toBeNull();
  });
});
