import { describe, expect, it } from 'vitest';
import type { Viewer } from '../../kernel/rules/viewer.ts';
import type { Institution, Region } from '../../subgraphs/institutions/model.ts';
import { mayOpen, mayOpenClass, type NewInstitution } from '../../subgraphs/institutions/rules/opening.ts';

const county: Viewer = { account: 'county-1', role: 'COUNTY', area: { level: 'COUNTY', code: '330110' } };

const region: Region = {
  code: '330110',
  name: '余杭区',
  fullName: '浙江省杭州市余杭区',
  level: 'COUNTY',
  parentCode: '330100',
  provinceCode: '330000',
  cityCode: '330100',
  countyCode: '330110',
  validFrom: null,
  validTo: null,
  successors: [],
  originOnly: false,
  hasCountyAuthority: true,
};

const good: NewInstitution = {
  code: '1133990001',
  name: '示例幼儿园',
  creditCode: '52330106MJ8751238D',
  kind: 'KINDERGARTEN',
  founder: 'PRIVATE',
  inclusive: true,
  urbanRuralClass: '111',
  region: '330110',
  openedOn: '2020-09-01',
};
const facts = { region, codeTaken: false, today: '2026-11-23' };

describe('Opening an institution', () => {
  const cases: [
    string,
    Partial<NewInstitution>,
    Partial<typeof facts> | { region: Region | null },
    string[],
  ][] = [
    ['is taken when everything fits', {}, {}, []],
    ['is taken without a credit code', { creditCode: null }, {}, []],
    [
      'is refused with a wrong check character',
      { creditCode: '52330106MJ8751238E' },
      {},
      ['CREDIT_CODE_WRONG'],
    ],
    ['is refused with nine digits', { code: '113399000' }, {}, ['INSTITUTION_CODE_FORM']],
    ["is refused with a school's category", { code: '2133990001' }, {}, ['INSTITUTION_CODE_FORM']],
    [
      "is taken with a school's category for an attached class",
      { code: '2133990001', kind: 'ATTACHED_CLASS' },
      {},
      [],
    ],
    ['is refused under a code that is taken', {}, { codeTaken: true }, ['INSTITUTION_CODE_TAKEN']],
    ['is refused without a name', { name: '  ' }, {}, ['REQUIRED']],
    ['is refused with half a character', { name: '园\ud800' }, {}, ['TEXT_MALFORMED']],
    ['is refused with 101 characters', { name: '园'.repeat(101) }, {}, ['TOO_LONG']],
    ['is refused in an unknown urban-rural class', { urbanRuralClass: '130' }, {}, ['VALUE_NOT_IN_LIST']],
    ['is refused on an impossible day', { openedOn: '2020-02-30' }, {}, ['DATE_IMPOSSIBLE']],
    ['is refused tomorrow', { openedOn: '2026-11-24' }, {}, ['OPENING_DATE_FUTURE']],
    ['is refused in a region nobody knows', {}, { region: null }, ['REGION_UNKNOWN']],
    ['is refused in a mere origin', {}, { region: { ...region, originOnly: true } }, ['REGION_UNKNOWN']],
    [
      'is refused in an abolished county',
      {},
      { region: { ...region, validTo: '2021-04-09' } },
      ['REGION_ABOLISHED'],
    ],
    [
      'is refused in a city with counties',
      {},
      { region: { ...region, level: 'CITY', hasCountyAuthority: false } },
      ['REGION_NOT_A_COUNTY'],
    ],
    [
      "is refused in somebody else's county",
      {},
      { region: { ...region, code: '330106', countyCode: '330106' } },
      ['OUTSIDE_YOUR_AREA'],
    ],
  ];
  it.each(cases)('%s', (_, item, known, codes) => {
    expect(mayOpen({ ...good, ...item }, { ...facts, ...known }, county).map(({ code }) => code)).toEqual(
      codes,
    );
  });
});

describe('Opening a class', () => {
  const institution = { ...good, ...region, id: 'i', status: 'OPEN' } as unknown as Institution;
  const item = { institutionCode: '1133990001', name: '小一班', level: 'SMALL', schoolYear: 2026 } as const;
  const known = { institution: { ...institution, code: '1133990001' }, nameTaken: false, schoolYear: 2026 };
  const cases: [string, Partial<typeof item> | object, Partial<typeof known> | object, string[]][] = [
    ['is taken when everything fits', {}, {}, []],
    ['is taken for the next school year', { schoolYear: 2027 }, {}, []],
    ['is refused for the year after that', { schoolYear: 2028 }, {}, ['SCHOOL_YEAR_OUTSIDE']],
    ['is refused for a year nobody remembers', { schoolYear: 2014 }, {}, ['SCHOOL_YEAR_OUTSIDE']],
    ['is refused under a name that is taken', {}, { nameTaken: true }, ['CLASS_NAME_TAKEN']],
    ['is refused without a name', { name: '' }, {}, ['REQUIRED']],
    ['is refused with half a character', { name: '\udc00班' }, {}, ['TEXT_MALFORMED']],
    ['is refused in an institution nobody knows', {}, { institution: null }, ['INSTITUTION_UNKNOWN']],
    [
      'is refused in one that is closed',
      {},
      { institution: { ...known.institution, status: 'CLOSED' } },
      ['INSTITUTION_NOT_LAWFUL'],
    ],
    [
      "is refused in another county's",
      {},
      { institution: { ...known.institution, countyCode: '330106' } },
      ['OUTSIDE_YOUR_AREA'],
    ],
  ];
  it.each(cases)('%s', (_, changes, more, codes) => {
    expect(
      mayOpenClass({ ...item, ...changes }, { ...known, ...more }, county).map(({ code }) => code),
    ).toEqual(codes);
  });
});
