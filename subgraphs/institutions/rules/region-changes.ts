/** The region tree after its reorganisations. Pure; the lists in data/regions stay as they are. */
import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import { treeOf, type RegionSeed } from '../../../kernel/rules/regions.ts';
import type { Region, RegionChange, RegionChangeFacts } from '../model.ts';

/** The tree with the reorganisations laid over it, oldest first. */
export function overlaid(
  tree: readonly Region[],
  changes: readonly Pick<RegionChange, 'fromOn' | 'facts'>[],
): Region[] {
  if (changes.length === 0) return [...tree];
  const seeds = new Map<string, RegionSeed>(tree.map((region) => [region.code, region]));
  for (const { fromOn, facts } of changes) lay(seeds, facts, fromOn);
  return treeOf([...seeds.values()]);
}

/** What the lists have learnt in the meantime is not founded again, and keeps the day it was founded on. */
function lay(seeds: Map<string, RegionSeed>, facts: RegionChangeFacts, on: PlainDate): void {
  for (const { code, name, level, parent } of facts.founded) {
    const listed = seeds.get(code) ?? { validTo: null, successors: [], originOnly: false };
    seeds.set(code, { ...listed, code, name, level, parentCode: parent, validFrom: on });
  }
  for (const { code, parent } of facts.placed) change(seeds, code, { parentCode: parent });
  for (const { code, successors } of facts.abolished) change(seeds, code, { validTo: on, successors });
}

function change(seeds: Map<string, RegionSeed>, code: string, to: Partial<RegionSeed>): void {
  const seed = seeds.get(code);
  if (seed) seeds.set(code, { ...seed, ...to });
}

const COMPARED = [
  'validTo',
  'provinceCode',
  'cityCode',
  'countyCode',
  'hasCountyAuthority',
  'fullName',
] as const;

/** The regions that are new or no longer what they were. */
export function changedRegions(before: readonly Region[], after: readonly Region[]): Region[] {
  const old = new Map(before.map((region) => [region.code, region]));
  return after.filter((region) => {
    const was = old.get(region.code);
    return (
      !was ||
      region.parentCode !== was.parentCode ||
      region.successors.join() !== was.successors.join() ||
      COMPARED.some((property) => region[property] !== was[property])
    );
  });
}
