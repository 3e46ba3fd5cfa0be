import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './paths.ts';
import { buildRegionTree, type RegionNode, type RegionSources } from './rules/regions.ts';

/** The region lists as kept in data/regions. */
export function readRegionSources(directory: string = join(projectRoot(), 'data', 'regions')): RegionSources {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(directory, `${name}.json`), 'utf8'));
  return {
    provinces: read('provinces') as RegionSources['provinces'],
    cities: read('cities') as RegionSources['cities'],
    areas: read('areas') as RegionSources['areas'],
    supplement: read('supplement') as RegionSources['supplement'],
  };
}

/** All regions, each after its parent. */
export function readRegionTree(): RegionNode[] {
  return buildRegionTree(readRegionSources());
}
