import { covers, type Place, type Viewer } from '../../../kernel/rules/viewer.ts';
import type { Deps } from './deps.ts';
import { neighbours } from './neighbours.ts';

/** Children now, by key; null for what lies beyond the viewer's area, since a narrowed count would look right. */
export type Headcounts = ReadonlyMap<string, number | null>;

export function headcountsOfInstitutions(
  { queries, peers }: Deps,
  viewer: Viewer,
  codes: readonly string[],
): Promise<Headcounts> {
  return headcounts(viewer, codes, queries.headcountsOfInstitutions, async () => {
    return places(await neighbours.institutions(peers, codes), (institution) => institution);
  });
}

export function headcountsOfClasses(
  { queries, peers }: Deps,
  viewer: Viewer,
  ids: readonly string[],
): Promise<Headcounts> {
  return headcounts(viewer, ids, queries.headcountsOfClasses, async () => {
    return places(await neighbours.classes(peers, ids), ({ institution }) => institution);
  });
}

async function headcounts(
  { area }: Viewer,
  keys: readonly string[],
  count: (keys: readonly string[]) => Promise<Map<string, number>>,
  placesOf: () => Promise<Map<string, Place>>,
): Promise<Headcounts> {
  const known = area.level === 'NATION' ? null : await placesOf();
  const isOwn = (key: string) => known === null || (known.has(key) && covers(area, known.get(key)!));
  const counts = await count(keys.filter(isOwn));
  return new Map(keys.map((key) => [key, isOwn(key) ? (counts.get(key) ?? 0) : null]));
}

function places<T>(
  found: ReadonlyMap<string, T>,
  of: (one: T) => Place & { readonly code: string },
): Map<string, Place> {
  return new Map([...found].map(([key, one]) => [key, { ...of(one), institutionCode: of(one).code }]));
}
