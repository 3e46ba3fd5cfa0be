import { covers, type Area, type AreaLevel, type Place, type Viewer } from '../../../kernel/rules/viewer.ts';
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
  if (institution != null) {
    const found = (await neighbours.institutions(peers, [institution])).get(institution);
    if (!found || !covers(viewer.area, { ...found, institutionCode: found.code })) return null;
    // Where a region is named too, the institution must lie in it.
    const within = region == null ? viewer.area : await areaAsked({ peers } as Deps, viewer, { region });
    return within && covers(within, { ...found, institutionCode: found.code })
      ? { level: 'INSTITUTION', code: found.code }
      : null;
  }
  if (region == null || region === viewer.area.code) return viewer.area;
  const [found] = await peers.entities<RegionAnswer>(
    'institutions',
    'Region',
    [{ code: region }],
    'code level provinceCode cityCode countyCode',
  );
  return found && covers(viewer.area, found as Place) ? { level: found.level, code: found.code } : null;
}
