/** Where accounts belong: read from the region or the institution as they are today. */
import type { Region } from '../../model.ts';
import type { Account } from '../../model.ts';
import { NOWHERE, type AccountPlace } from '../../rules/accounts/filing.ts';
import type { InstitutionQueries } from '../../store/queries.ts';

type Placed = Pick<Account, 'role' | 'areaLevel' | 'areaCode' | 'regionCode'>;

/**
 * One place for each account, in order; null where there is none. `standing`: only where something still stands, as
 * for accounts that are filed now; those of what is gone keep their place.
 */
export async function placesOf(
  queries: InstitutionQueries,
  accounts: readonly Placed[],
  { standing = false } = {},
): Promise<(AccountPlace | null)[]> {
  const gardens = accounts.filter(({ role }) => role === 'KINDERGARTEN').map(({ areaCode }) => areaCode);
  const codes = accounts.flatMap(({ regionCode }) => (regionCode === null ? [] : [regionCode]));
  const institutions = await queries.institutionsByCode(gardens);
  const regions = await queries.regionsByCode(codes);
  const gardenAt = new Map(institutions.map((one) => [one.code, one]));
  const regionAt = new Map(regions.map((one) => [one.code, one]));
  return accounts.map(({ role, areaLevel, areaCode, regionCode }) => {
    if (areaLevel === 'NATION') return NOWHERE;
    if (role === 'KINDERGARTEN') {
      const garden = gardenAt.get(areaCode);
      return !garden || (standing && garden.status === 'CLOSED') ? null : garden;
    }
    const region = regionAt.get(regionCode ?? '');
    if (!region || region.originOnly || (standing && region.validTo !== null)) return null;
    return isOfLevel(areaLevel, region) ? region : null;
  });
}

/** A primary school belongs to a county; a city without counties is its own. */
const isOfLevel = (level: Account['areaLevel'], { code, level: own, countyCode }: Region): boolean =>
  level === 'PROVINCE' || level === 'CITY' ? own === level : countyCode === code;
