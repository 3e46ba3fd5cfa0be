import { describe, expect, it } from 'vitest';
import { treeOf } from '../../kernel/rules/regions.ts';
import type { RegionChangeFacts } from '../../subgraphs/institutions/model.ts';
import { changedRegions, overlaid } from '../../subgraphs/institutions/rules/region-changes.ts';
import { regionChangeErrors, type Reorganisation } from '../../subgraphs/institutions/rules/reorganising.ts';
import { whereabouts } from '../../subgraphs/institutions/rules/whereabouts.ts';
import { institution, SEEDS, TODAY } from './support.ts';

const tree = treeOf(SEEDS);
const facts = { tree, today: TODAY, last: '2026-01-01' };
const nothing: Reorganisation = {
  on: '2026-11-20', reason: null, founded: [], abolished: [], placed: [], institutions: [],
}; // prettier-ignore
const county = { code: '330112', name: '新区', level: 'COUNTY', parent: '330100' } as const;
const merged = { code: '330106', successors: ['330112'], institutionsTo: '330112' };

describe('Reorganising regions', () => {
  it.each<[string, Partial<Reorganisation>, string[]]>([
    ['is taken when two counties become a new one', { founded: [county], abolished: [merged, { ...merged, code: '330110' }] }, []],
    ['is taken when a county goes into its neighbour', { abolished: [{ ...merged, successors: ['330110'] }] }, []],
    ['is taken when a county is put under another city', { placed: [{ code: '330110', parent: '330200' }] }, []],
    ['is taken when a city gives way to its province', {
      abolished: [{ code: '330100', successors: ['330200'], institutionsTo: null }],
      placed: [{ code: '330106', parent: '330000' }, { code: '330110', parent: '330200' }],
    }, []],
    ['is refused of nothing', {}, ['REGIONS_UNCHANGED ']],
    ['is refused tomorrow', { founded: [county], on: '2026-11-24' }, ['CHANGE_DATE_FUTURE on']],
    ['is refused on a day that does not exist', { founded: [county], on: '2026-11-31' }, ['DATE_IMPOSSIBLE on']],
    ['is refused before the last one', { founded: [county], on: '2025-12-31' }, ['CHANGE_BEFORE_LAST on']],
    ['is refused under a code that was taken', { founded: [{ ...county, code: '330110' }] }, ['REGION_CODE_TAKEN founded.0.code']],
    ['is refused with one code twice', { founded: [county, county] }, ['REGION_CODE_TAKEN founded.1.code']],
    ['is refused under an odd code', { founded: [{ ...county, code: '33011' }] }, ['REGION_CODE_FORM founded.0.code']],
    ['is refused without a name', { founded: [{ ...county, name: ' ' }] }, ['REQUIRED founded.0.name']],
    ['is refused under a county', { founded: [{ ...county, parent: '330110' }] }, ['REGION_PARENT_WRONG founded.0.parent']],
    ['is refused under a region nobody knows', { founded: [{ ...county, parent: '999999' }] }, ['REGION_PARENT_WRONG founded.0.parent']],
    ['is refused under one that goes', {
      founded: [{ ...county, parent: '330200' }], abolished: [{ code: '330200', successors: ['330100'], institutionsTo: null }],
    }, ['REGION_PARENT_WRONG founded.0.parent']],
    ['is refused of a region nobody knows', { abolished: [{ ...merged, code: '999999' }] }, ['REGION_NOT_STANDING abolished.0.code']],
    ['is refused of the nation', { abolished: [{ ...merged, code: '000000' }] }, ['REGION_NOT_STANDING abolished.0.code']],
    ['is refused without successors', { abolished: [{ ...merged, successors: [] }] }, ['REGION_SUCCESSOR_REQUIRED abolished.0.successors']],
    ['is refused with a successor of another level', { abolished: [{ ...merged, successors: ['330100'] }] }, ['REGION_SUCCESSOR_WRONG abolished.0.successors.0']],
    ['is refused with itself as successor', { abolished: [{ ...merged, successors: ['330106'] }] }, ['REGION_SUCCESSOR_WRONG abolished.0.successors.0']],
    ['is refused of a city whose counties stay', {
      abolished: [{ code: '330100', successors: ['330200'], institutionsTo: null }],
    }, ['REGION_STILL_PARENT abolished.0.code']],
    ['is refused with one abolished twice', {
      founded: [county], abolished: [merged, merged],
    }, ['CODE_TWICE abolished.1.code']],
    ['is refused where a county is put under a county', { placed: [{ code: '330110', parent: '330106' }] }, ['REGION_PARENT_WRONG placed.0.parent']],
    ['is refused where an abolished one is put elsewhere', {
      founded: [county], abolished: [merged], placed: [{ code: '330106', parent: '330200' }],
    }, ['REGION_NOT_STANDING placed.0.code']],
    ['is refused of 501', { placed: Array(501).fill({ code: '330110', parent: '330200' }) as never }, ['TOO_MANY_ITEMS placed']],
  ])('%s', (_, changes, expected) => {
    const errors = regionChangeErrors({ ...nothing, ...changes }, facts);
    expect(errors.map(({ code, field }) => `${code} ${field.join('.')}`)).toEqual(expected);
  }); // prettier-ignore
});

describe('The tree after reorganisations', () => {
  const change = (changes: Partial<RegionChangeFacts>, fromOn = '2026-11-20') => ({
    fromOn,
    facts: { founded: [], abolished: [], placed: [], ...changes },
  });
  const find = (code: string, changes: Parameters<typeof overlaid>[1]) =>
    overlaid(tree, changes).find((region) => region.code === code);

  it('is the same without any', () => {
    expect(overlaid(tree, [])).toEqual(tree);
  });

  it('has a new county with its path and the day it was founded on', () => {
    expect(find('330112', [change({ founded: [county] })])).toMatchObject({
      ...{
        fullName: '区330000区330100新区',
        provinceCode: '330000',
        cityCode: '330100',
        countyCode: '330112',
      },
      ...{ validFrom: '2026-11-20', validTo: null, hasCountyAuthority: true },
    });
  });

  it('has an abolished county no more, but knows what took over and since when', () => {
    const changes = [change({ founded: [county], abolished: [merged] })];
    expect(find('330106', changes)).toMatchObject({
      ...{ validTo: '2026-11-20', successors: ['330112'], hasCountyAuthority: false, countyCode: '330106' },
    });
  });

  it('gives a county the path of the city it was put under, which then is no county authority itself', () => {
    const changes = [change({ placed: [{ code: '330110', parent: '330200' }] })];
    expect(find('330110', changes)).toMatchObject({ cityCode: '330200', parentCode: '330200' });
    expect(find('330200', changes)).toMatchObject({ hasCountyAuthority: false, countyCode: null });
    expect(changedRegions(tree, overlaid(tree, changes)).map(({ code }) => code)).toEqual([
      '330200',
      '330110',
    ]);
  });

  it('leaves no authority to an abolished city', () => {
    const changes = [change({ abolished: [{ code: '330200', successors: ['330100'] }] })];
    expect(find('330200', changes)).toMatchObject({ hasCountyAuthority: false, countyCode: '330200' });
  });

  it('takes a change that the lists have learnt in the meantime as it is', () => {
    const changes = [change({ founded: [county], abolished: [merged] })];
    expect(overlaid(overlaid(tree, changes), changes)).toEqual(overlaid(tree, changes));
  });

  it('takes one on top of the other', () => {
    const second = { code: '330113', name: '又新区', level: 'COUNTY', parent: '330100' } as const;
    const changes = [
      change({ founded: [county], abolished: [merged] }),
      change({ founded: [second], abolished: [{ code: '330112', successors: ['330113'] }] }, '2026-11-21'),
    ];
    expect([find('330106', changes)!.successors, find('330112', changes)!.successors]).toEqual([
      ['330112'],
      ['330113'],
    ]);
    expect(find('330112', changes)).toMatchObject({ validFrom: '2026-11-20', validTo: '2026-11-21' });
  });
});

describe('The institutions of reorganised regions', () => {
  const wish = { ...nothing, founded: [county], abolished: [merged] };
  const after = overlaid(tree, [
    { fromOn: wish.on, facts: { founded: [county], abolished: [merged], placed: [] } },
  ]);
  const at = (code: string, regionCode: string) => institution({ code, regionCode, countyCode: regionCode });
  const [first, second, third] = ['1133990001', '1133990002', '1133990003'].map((code) => at(code, '330106'));
  const moves = (changes: Partial<Reorganisation>, institutions = [first!, second!]) => {
    const found = whereabouts({ ...wish, ...changes }, institutions, after);
    return {
      moves: found.moves.map(({ before, region }) => `${before.code} ${region.code}`),
      errors: found.userErrors.map(({ code, field }) => `${code} ${field.join('.')}`),
    };
  };

  it('go where the abolished region says', () => {
    expect(moves({})).toEqual({ moves: ['1133990001 330112', '1133990002 330112'], errors: [] });
  });

  it('go elsewhere where they are named one by one', () => {
    const institutions = [{ institutionCode: '1133990002', region: '330110' }];
    expect(moves({ institutions }).moves).toEqual(['1133990001 330112', '1133990002 330110']);
  });

  it('need a place, every one', () => {
    const abolished = [{ ...merged, institutionsTo: null }];
    const institutions = [{ institutionCode: '1133990002', region: '330110' }];
    expect(moves({ abolished, institutions }).errors).toEqual(['INSTITUTIONS_WITHOUT_PLACE institutions']);
  });

  it('cannot go into a city with counties, an abolished county or nowhere', () => {
    for (const region of ['330100', '330106', '999999']) {
      const institutions = [{ institutionCode: '1133990002', region }];
      expect(moves({ institutions }).errors).toEqual(['INSTITUTIONS_WITHOUT_PLACE institutions']);
    }
  });

  it('stay where nothing changes', () => {
    expect(moves({}, [at('1133990001', '330110')])).toEqual({ moves: [], errors: [] });
  });

  it('go along when they are closed, for the sake of their archives', () => {
    expect(moves({}, [{ ...third!, status: 'CLOSED' }])).toEqual({
      moves: ['1133990003 330112'],
      errors: [],
    });
  });

  it('are refused where nobody knows them or they are named twice', () => {
    const one = { institutionCode: '1133990009', region: '330110' };
    expect(moves({ institutions: [one, one] }, []).errors).toEqual([
      'INSTITUTION_UNKNOWN institutions.0.institutionCode',
      'CODE_TWICE institutions.1.institutionCode',
    ]);
  });
});
