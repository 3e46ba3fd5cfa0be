import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../../kernel/paths.ts';
import { readRegionSources, readRegionTree } from '../../../kernel/region-data.ts';
import { buildRegionTree, isPresent, regionsOf } from '../../../kernel/rules/regions.ts';
import { covers } from '../../../kernel/rules/viewer.ts';

const sources = readRegionSources();
const nodes = readRegionTree();
const regions = regionsOf(nodes);
const present = nodes.filter(isPresent);
const counties = present.filter((node) => node.level === 'COUNTY');
const withPlace = nodes.filter((node) => node.countyCode !== null);

describe('the region tree', () => {
  it('has one nation, 31 provinces and the Corps, and three mere origins', () => {
    expect(present.filter((node) => node.level === 'NATION').map((node) => node.code)).toEqual(['000000']);
    expect(present.filter((node) => node.level === 'PROVINCE')).toHaveLength(32);
    expect(nodes.filter((node) => node.originOnly).map((node) => node.name)).toEqual([
      '台湾省',
      '香港特别行政区',
      '澳门特别行政区',
    ]);
  });

  it('has 333 cities and 14 divisions, and no placeholder among them', () => {
    const cities = present.filter((node) => node.level === 'CITY');
    expect(cities).toHaveLength(333 + 14);
    expect(cities.filter((city) => /直辖|市辖区|^县$/.test(city.name))).toEqual([]);
  });

  it('drops exactly the 124 statistical-only zones and the four cities listed as their own child', () => {
    expect(sources.areas.filter((area) => /7[1-9]$/.test(area.code))).toHaveLength(124);
    expect(counties).toHaveLength(sources.areas.length - 124 - 4);
    expect(counties).toHaveLength(2850);
    expect(nodes.filter((node) => /7[1-9]$/.test(node.code))).toEqual([]);
  });

  it('names every code once, six digits long, after its parent', () => {
    const seen = new Set<string | null>([null]);
    for (const node of nodes) {
      expect(node.code).toMatch(/^\d{6}$/);
      expect(seen.has(node.parentCode)).toBe(true);
      expect(seen.has(node.code)).toBe(false);
      seen.add(node.code);
    }
  });

  it('gives every county a province, itself as county, and the names on the way', () => {
    for (const county of counties) {
      expect(regions.find(county.provinceCode!)).toMatchObject({ level: 'PROVINCE', originOnly: false });
      expect(county.countyCode).toBe(county.code);
      expect(county.fullName).toBe(
        [county, ...regions.ancestorsOf(county.code)]
          .filter((node) => node.level !== 'NATION')
          .map((node) => node.name)
          .reverse()
          .join(''),
      );
    }
  });

  it('refuses sources in which a code occurs twice', () => {
    const areas = [...sources.areas, sources.areas[0]!];
    expect(() => buildRegionTree({ ...sources, areas })).toThrow(
      'Region 110101 occurs twice or has no parent.',
    );
  });
});

describe('places that a code does not tell of', () => {
  it.each([
    ['110101', '东城区', '北京市东城区', '110000', null],
    ['500236', '奉节县', '重庆市奉节县', '500000', null],
    ['419001', '济源市', '河南省济源市', '410000', null],
    ['429004', '仙桃市', '湖北省仙桃市', '420000', null],
    ['429021', '神农架林区', '湖北省神农架林区', '420000', null],
    ['469001', '五指山市', '海南省五指山市', '460000', null],
    ['659001', '石河子市', '新疆生产建设兵团第八师石河子市', '660000', '660800'],
    ['659012', '白杨市', '新疆生产建设兵团第九师白杨市', '660000', '660900'],
    ['330105', '拱墅区', '浙江省杭州市拱墅区', '330000', '330100'],
  ])('%s %s is %s', (code, name, fullName, provinceCode, cityCode) => {
    expect(regions.find(code)).toMatchObject({ name, fullName, hasCountyAuthority: true });
    expect(regions.placeOf(code)).toEqual({ provinceCode, cityCode, countyCode: code });
  });

  it('lets cities without counties be their own county authority', () => {
    const own = nodes.filter((node) => node.level === 'CITY' && node.hasCountyAuthority);
    expect(own.map((node) => node.code)).toEqual([
      '441900',
      '442000',
      '460400',
      '620200',
      '661100',
      '661200',
    ]);
    expect(regions.placeOf('441900')).toEqual({
      provinceCode: '440000',
      cityCode: '441900',
      countyCode: '441900',
    });
    expect(regions.childrenOf('620200')).toEqual([]);
    expect(regions.find('620201')).toBeNull();
  });

  it('puts all twelve cities numbered under Xinjiang below a division of the Corps', () => {
    const cities = counties.filter((county) => county.code.startsWith('6590'));
    expect(cities).toHaveLength(12);
    expect(new Set(cities.map((city) => city.cityCode)).size).toBe(12);
    expect(cities.every((city) => city.provinceCode === '660000')).toBe(true);
    expect(regions.childrenOf('650000').some((node) => node.code.startsWith('6590'))).toBe(false);
  });

  it('answers for former counties with their successors, all of which exist', () => {
    const abolished = nodes.filter((node) => node.validTo !== null);
    expect(abolished).toHaveLength(24);
    expect(regions.find('330104')).toMatchObject({
      fullName: '浙江省杭州市江干区',
      validTo: '2021-04-09',
      successors: ['330102', '330114'],
      hasCountyAuthority: false,
    });
    for (const node of abolished) {
      expect(node.successors.length).toBeGreaterThan(0);
      for (const code of node.successors) expect(counties).toContain(regions.find(code));
      expect(regions.childrenOf(node.parentCode!)).not.toContain(node);
    }
  });

  it('has no place for what is not a county', () => {
    for (const code of ['000000', '330000', '330100', '810000', '190101'])
      expect(regions.placeOf(code)).toBeNull();
    expect(regions.find('190101')).toBeNull();
    expect(regions.ancestorsOf('190101')).toEqual([]);
  });

  it('gives an area by its level', () => {
    expect(regions.areaOf('441900')).toEqual({ level: 'CITY', code: '441900' });
    expect(regions.areaOf('190101')).toBeNull();
  });
});

describe('an area, for any county,', () => {
  const anyCounty = fc.constantFrom(...withPlace);

  it('covers it from every region above, and from itself', () => {
    fc.assert(
      fc.property(anyCounty, (county) => {
        const place = regions.placeOf(county.code)!;
        for (const { code } of [county, ...regions.ancestorsOf(county.code)]) {
          expect(covers(regions.areaOf(code)!, place)).toBe(true);
        }
        expect(covers({ level: 'COUNTY', code: county.code }, place)).toBe(true);
      }),
    );
  });

  it('covers it from no sibling of it or of a region above', () => {
    fc.assert(
      fc.property(anyCounty, (county) => {
        const place = regions.placeOf(county.code)!;
        for (const node of [county, ...regions.ancestorsOf(county.code)]) {
          for (const sibling of regions.childrenOf(node.parentCode ?? '')) {
            if (sibling !== node) expect(covers(regions.areaOf(sibling.code)!, place)).toBe(false);
          }
        }
      }),
    );
  });
});

describe('the project root', () => {
  it('is where package.json is, from any folder below', () => {
    expect(readdirSync(projectRoot())).toContain('package.json');
    expect(projectRoot(join(projectRoot(), 'kernel', 'rules'))).toBe(projectRoot());
    expect(() => projectRoot('/')).toThrow('No package.json of xueji lies above this file.');
  });
});
