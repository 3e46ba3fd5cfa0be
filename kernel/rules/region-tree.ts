/** Makes one tree of the region lists in data/regions; which rows it leaves out, and why, is told in their README. */
import type { RegionLevel } from './code-sets/region-level.ts';
import type { PlainDate } from './plain-date.ts';
import type { RegionNode } from './regions.ts';
import { NATION } from './viewer.ts';

interface SourceRow {
  readonly code: string;
  readonly name: string;
}

interface SupplementRow extends SourceRow {
  readonly parentCode: string;
}

/** The parsed files, provinces by 2, cities by 4, areas by 6 digits. */
export interface RegionSources {
  readonly provinces: readonly SourceRow[];
  readonly cities: readonly (SourceRow & { readonly provinceCode: string })[];
  readonly areas: readonly (SourceRow & { readonly cityCode: string; readonly provinceCode: string })[];
  readonly supplement: {
    readonly provinces: readonly SupplementRow[];
    readonly cities: readonly SupplementRow[];
    readonly placed: readonly { readonly code: string; readonly parentCode: string }[];
    readonly origins: readonly SupplementRow[];
    readonly abolished: readonly (SupplementRow & {
      readonly validTo: PlainDate;
      readonly successors: readonly string[];
    })[];
  };
}

/** What is said of a region; the rest of a node follows from where it hangs. */
export type RegionSeed = Pick<
  RegionNode,
  'code' | 'name' | 'level' | 'parentCode' | 'validFrom' | 'validTo' | 'successors' | 'originOnly'
>;
type Seed = RegionSeed;

const ROOT: Seed = seed('NATION', { code: NATION.code, name: '全国' }, null);
const PLACEHOLDER_CITIES = ['市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划'];
const STATISTICAL_ZONE = /7[1-9]$/;

/** Every region once, each after its parent. */
export function buildRegionTree(sources: RegionSources): RegionNode[] {
  return treeOf([ROOT, ...seedsOfLists(sources), ...seedsOfSupplement(sources)]);
}

/** The nodes of what is said of each region, each after its parent. Throws where a code occurs twice or hangs nowhere. */
export function treeOf(seeds: readonly RegionSeed[]): RegionNode[] {
  const abolished = new Set(seeds.filter(({ validTo }) => validTo !== null).map(({ code }) => code));
  // An abolished city was its own county authority only if it never had counties.
  const counted = (one: Seed) =>
    isPresentCounty(one) || (one.level === 'COUNTY' && abolished.has(one.parentCode!));
  const withCounties = new Set(seeds.filter(counted).map((county) => county.parentCode));
  const nodes = new Map<string, RegionNode>();
  for (const one of [...seeds].sort(byLevel)) {
    const parent = one.parentCode === null ? null : nodes.get(one.parentCode);
    if (parent === undefined || nodes.has(one.code)) {
      throw new Error(`Region ${one.code} occurs twice or has no parent.`);
    }
    nodes.set(one.code, toNode(one, parent, withCounties));
  }
  return [...nodes.values()];
}

function seedsOfLists({ provinces, cities, areas, supplement }: RegionSources): Seed[] {
  const placed = new Map(supplement.placed.map(({ code, parentCode }) => [code, parentCode]));
  const cityNames = new Map(cities.map((city) => [city.code, city.name]));
  const isPlaceholder = (cityCode: string) => PLACEHOLDER_CITIES.includes(cityNames.get(cityCode) ?? '');
  const parentOf = (area: RegionSources['areas'][number]) =>
    placed.get(area.code) ??
    (isPlaceholder(area.cityCode) ? `${area.provinceCode}0000` : `${area.cityCode}00`);
  return [
    ...provinces.map(({ code, name }) => seed('PROVINCE', { code: `${code}0000`, name }, NATION.code)),
    ...cities
      .filter((city) => !isPlaceholder(city.code))
      .map(({ code, name, provinceCode }) =>
        seed('CITY', { code: `${code}00`, name }, `${provinceCode}0000`),
      ),
    ...areas
      .filter((area) => !STATISTICAL_ZONE.test(area.code))
      // A city without counties stands in the list once more, as its own and only child.
      .filter((area) => area.name !== cityNames.get(area.cityCode))
      .map((area) => seed('COUNTY', area, parentOf(area))),
  ];
}

function seedsOfSupplement({ supplement }: RegionSources): Seed[] {
  const { provinces, cities, origins, abolished } = supplement;
  return [
    ...provinces.map((row) => seed('PROVINCE', row, row.parentCode)),
    ...cities.map((row) => seed('CITY', row, row.parentCode)),
    ...origins.map((row) => ({ ...seed('PROVINCE', row, row.parentCode), originOnly: true })),
    ...abolished.map((row) => ({
      ...seed('COUNTY', row, row.parentCode),
      validTo: row.validTo,
      successors: row.successors,
    })),
  ];
}

function seed(level: RegionLevel, { code, name }: SourceRow, parentCode: string | null): Seed {
  return { code, name, level, parentCode, validFrom: null, validTo: null, successors: [], originOnly: false };
}

function toNode(one: Seed, parent: RegionNode | null, withCounties: ReadonlySet<string | null>): RegionNode {
  const isOwnCounty = one.level === 'CITY' && !withCounties.has(one.code);
  return {
    ...said(one),
    fullName: parent === null || parent.level === 'NATION' ? one.name : parent.fullName + one.name,
    provinceCode: one.level === 'PROVINCE' ? one.code : (parent?.provinceCode ?? null),
    cityCode: one.level === 'CITY' ? one.code : (parent?.cityCode ?? null),
    countyCode: one.level === 'COUNTY' || isOwnCounty ? one.code : null,
    hasCountyAuthority: (isOwnCounty && one.validTo === null) || isPresentCounty(one),
  };
}

/** Seeds may be nodes of another tree, with more in them than is said here. */
function said(one: Seed): Seed {
  const { code, name, level, parentCode, validFrom, validTo, successors, originOnly } = one;
  return { code, name, level, parentCode, validFrom, validTo, successors, originOnly };
}

function isPresentCounty({ level, validTo }: Seed): boolean {
  return level === 'COUNTY' && validTo === null;
}

function byLevel(a: Seed, b: Seed): number {
  const levels: RegionLevel[] = ['NATION', 'PROVINCE', 'CITY', 'COUNTY'];
  return levels.indexOf(a.level) - levels.indexOf(b.level) || Number(a.code) - Number(b.code);
}
