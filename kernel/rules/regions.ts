/** The region tree: its nodes, and looking things up in it. It is built by region-tree.ts. */
import type { RegionLevel } from './code-sets/region-level.ts';
import type { PlainDate } from './plain-date.ts';
import type { Area, Place } from './viewer.ts';

export type { RegionLevel } from './code-sets/region-level.ts';
export { buildRegionTree, treeOf, type RegionSeed, type RegionSources } from './region-tree.ts';

export interface RegionNode {
  /** Six digits; identifies the node and says nothing about its place in the tree. */
  readonly code: string;
  readonly name: string;
  /** The names from the province down: 浙江省杭州市拱墅区. */
  readonly fullName: string;
  readonly level: RegionLevel;
  /** null for the nation only. */
  readonly parentCode: string | null;
  /** The path, with the node itself in it. null where the path has no such level; the nation has none. */
  readonly provinceCode: string | null;
  readonly cityCode: string | null;
  /** Of a city that is its own county authority, the city itself. */
  readonly countyCode: string | null;
  /** null: since before anybody here counts, or still. */
  readonly validFrom: PlainDate | null;
  readonly validTo: PlainDate | null;
  /** Regions that took over an abolished one. */
  readonly successors: readonly string[];
  /** Known as a place of origin only: no authority and no institutions. */
  readonly originOnly: boolean;
  /** Does an authority sit here that decides as a county does? Institutions belong to such regions only. */
  readonly hasCountyAuthority: boolean;
}

export interface Regions {
  readonly nodes: readonly RegionNode[];
  find(code: string): RegionNode | null;
  /** Present regions directly below; neither abolished ones nor mere origins. */
  childrenOf(code: string): readonly RegionNode[];
  /** The nodes above, nearest first, the nation last; empty for the nation and for unknown codes. */
  ancestorsOf(code: string): readonly RegionNode[];
  /** Where an institution of this county is; null for anything that is not a county, now or formerly. */
  placeOf(code: string): Place | null;
  areaOf(code: string): Area | null;
}

/** An index over the nodes, by code and by parent. */
export function regionsOf(nodes: readonly RegionNode[]): Regions {
  const byCode = new Map(nodes.map((node) => [node.code, node]));
  const byParent = groupedByParent(nodes.filter(isPresent));
  const find = (code: string): RegionNode | null => byCode.get(code) ?? null;
  return {
    nodes,
    find,
    childrenOf: (code) => byParent.get(code) ?? [],
    ancestorsOf: (code) => ancestors(find, code),
    placeOf: (code) => placeOfNode(find(code)),
    areaOf: (code) => areaOfNode(find(code)),
  };
}

/** Is the region administered today? */
export function isPresent(node: RegionNode): boolean {
  return node.validTo === null && !node.originOnly;
}

export function placeOfNode(node: RegionNode | null): Place | null {
  if (!node || node.provinceCode === null || node.countyCode === null) return null;
  return { provinceCode: node.provinceCode, cityCode: node.cityCode, countyCode: node.countyCode };
}

function areaOfNode(node: RegionNode | null): Area | null {
  return node && { level: node.level, code: node.code };
}

function groupedByParent(nodes: readonly RegionNode[]): Map<string | null, RegionNode[]> {
  const groups = new Map<string | null, RegionNode[]>();
  for (const node of nodes) {
    const group = groups.get(node.parentCode);
    if (group) group.push(node);
    else groups.set(node.parentCode, [node]);
  }
  return groups;
}

function ancestors(find: Regions['find'], code: string): RegionNode[] {
  const above: RegionNode[] = [];
  let parentCode = find(code)?.parentCode ?? null;
  while (parentCode !== null) {
    const parent = find(parentCode);
    if (!parent) break;
    above.push(parent);
    parentCode = parent.parentCode;
  }
  return above;
}
