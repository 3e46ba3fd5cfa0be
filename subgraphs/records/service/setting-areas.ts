import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { NATION_CODE } from '../rules/settings.ts';
import type { Deps } from './deps.ts';
import { neighbours } from './neighbours.ts';

interface RegionAnswer {
  readonly level: string;
  readonly provinceCode: string | null;
  readonly originOnly: boolean;
}

async function regionOf({ peers }: Pick<Deps, 'peers'>, code: string): Promise<RegionAnswer | null> {
  const [found] = await peers.entities<RegionAnswer>('institutions', 'Region', [{ code }], 'level provinceCode originOnly'); // prettier-ignore
  return found ?? null;
}

export async function isProvince(deps: Pick<Deps, 'peers'>, code: string): Promise<boolean> {
  const region = await regionOf(deps, code);
  return region !== null && region.level === 'PROVINCE' && !region.originOnly;
}

/**
 * The province whose settings are asked for, NATION_CODE for the nation's alone: the viewer's own where none is
 * named. Everybody may read the nation's; null where it is another's, or none at all.
 */
export async function provinceAsked(
  deps: Pick<Deps, 'peers'>,
  viewer: Viewer,
  province: string | null,
): Promise<string | null> {
  if (province === NATION_CODE) return NATION_CODE;
  if (viewer.area.level === 'NATION') {
    if (province === null) return NATION_CODE;
    return (await isProvince(deps, province)) ? province : null;
  }
  const own = await provinceOf(deps, viewer);
  return province === null || province === own ? own : null;
}

export async function provinceOf(
  deps: Pick<Deps, 'peers'>,
  { area }: Pick<Viewer, 'area'>,
): Promise<string | null> {
  if (area.level === 'PROVINCE') return area.code;
  if (area.level !== 'INSTITUTION') return (await regionOf(deps, area.code))?.provinceCode ?? null;
  const found = (await neighbours.institutions(deps.peers, [area.code])).get(area.code);
  return found?.provinceCode ?? null;
}
