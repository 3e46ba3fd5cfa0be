import { covers, type Area, type AreaLevel, type Place, type Viewer } from '../../../kernel/rules/viewer.ts';
import type { Peers } from '../../../kernel/peers.ts';
import type { Deps } from './deps.ts';
import { neighbours } from './neighbours.ts';

interface RegionAnswer {
  readonly code: string;
  readonly level: Exclude<AreaLevel, 'INSTITUTION'>;
  readonly provinceCode: string | null;
  readonly cityCode: string | null;
  readonly countyCode: string | null;
}

/** What a list or a count was asked for: a region with all below it, or one institution. */
export interface AreaAsked {
  readonly region?: string | null | undefined;
  readonly institution?: string | null | undefined;
}

/**
 * The area asked for, or the viewer's own where none was named; null when it lies beyond the viewer's.
 * An unknown code looks the same as somebody else's.
 */
export async function areaAsked(
  { peers }: Deps,
  viewer: Viewer,
  { region, institution }: AreaAsked,
): Promise<Area | null> {
  if (institution != null) return institutionAsked(peers, viewer, institution, region ?? null);
  if (region == null || region === viewer.area.code) return viewer.area;
  const found = await regionOf(peers, region);
  return found && covers(viewer.area, found as Place) ? { level: found.level, code: found.code } : null;
}

async function institutionAsked(
  peers: Peers,
  viewer: Viewer,
  code: string,
  region: string | null,
): Promise<Area | null> {
  const found = (await neighbours.institutions(peers, [code])).get(code);
  const place = found && { ...found, institutionCode: found.code };
  if (!place || !covers(viewer.area, place)) return null;
  const within = region === null ? viewer.area : await regionOf(peers, region);
  // The institution is the viewer's, the region named with it is another: nothing lies in both.
  return within && covers(within, place) ? { level: 'INSTITUTION', code } : NOWHERE;
}

const NOWHERE: Area = { level: 'INSTITUTION', code: '' };

export async function regionOf(peers: Peers, code: string): Promise<RegionAnswer | null> {
  const selection = 'code level provinceCode cityCode countyCode';
  const [found] = await peers.entities<RegionAnswer>('institutions', 'Region', [{ code }], selection);
  return found ?? null;
}
