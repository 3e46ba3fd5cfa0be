import type { Peers } from '../../kernel/peers.ts';
import { treeOf } from '../../kernel/rules/regions.ts';
import type { StoreLocation } from '../../kernel/store/open.ts';
import { overlaid } from '../../subgraphs/institutions/rules/region-changes.ts';
import type { NewInstitution } from '../../subgraphs/institutions/rules/opening.ts';
import { institutionService } from '../../subgraphs/institutions/service.ts';
import { loadRegions } from '../../subgraphs/institutions/store/regions.ts';
import { openInstitutionStore } from '../../subgraphs/institutions/store/store.ts';
import type { Viewer } from '../../kernel/rules/viewer.ts';
import type {
  Class,
  Institution,
  InstitutionAct,
  InstitutionVersion,
  Region,
} from '../../subgraphs/institutions/model.ts';
import type { Known } from '../../subgraphs/institutions/rules/changing.ts';
import { peersFrom } from '../support/peers.ts';

export const TODAY = '2026-11-23';
export const county: Viewer = {
  account: 'county-1',
  role: 'COUNTY',
  area: { level: 'COUNTY', code: '330110' },
};
export const otherCounty: Viewer = { ...county, area: { level: 'COUNTY', code: '330106' } };

export const institution = (changes: Partial<Institution> = {}): Institution => ({
  id: `id-${changes.code ?? '1133990001'}`, code: '1133990001', name: '示例幼儿园', creditCode: null, kind: 'KINDERGARTEN',
  founder: 'PRIVATE', inclusive: false, urbanRuralClass: '111', status: 'OPEN', regionCode: '330110',
  provinceCode: '330000', cityCode: '330100', countyCode: '330110', openedOn: '2020-09-01', closedOn: null,
  successorId: null, version: 1, ...changes,
}); // prettier-ignore

/** A version for each entry: from which day, and what differs from the institution as it is now. */
export function known(
  one: Institution = institution(),
  entries: readonly [string, InstitutionAct, Partial<InstitutionVersion>?][] = [['2020-09-01', 'OPEN']],
): Known {
  const { code, name, status, regionCode, provinceCode, cityCode, countyCode, successorId } = one;
  const versions = entries.map(([fromOn, act, changes], i): InstitutionVersion => ({
    institutionId: one.id, seq: i + 1, fromOn, act, account: 'county-1', at: new Date(`${fromOn}T01:00:00Z`), reason: null,
    code, name, status, regionCode, provinceCode, cityCode, countyCode, successorId, ...changes,
  })); // prettier-ignore
  return { institution: one, versions };
}

export const classOf = (institutionId: string, name: string, schoolYear = 2026): Class => ({
  id: `${institutionId}/${name}/${schoolYear}`, institutionId, name, level: 'SMALL', schoolYear, version: 1,
}); // prettier-ignore

export const codes = (errors: readonly { readonly code: string }[]) => errors.map(({ code }) => code);

/** A small tree: one province with two cities, one of them its own county, and two counties in the other. */
export const SEEDS = (
  [
    ['000000', 'NATION', null],
    ['330000', 'PROVINCE', '000000'],
    ['330100', 'CITY', '330000'],
    ['330200', 'CITY', '330000'],
    ['330106', 'COUNTY', '330100'],
    ['330110', 'COUNTY', '330100'],
  ] as const
).map(
  ([code, level, parentCode]): Pick<
    Region,
    'code' | 'name' | 'level' | 'parentCode' | 'validFrom' | 'validTo' | 'successors' | 'originOnly'
  > => ({
    ...{
      code,
      name: `区${code}`,
      level,
      parentCode,
      validFrom: null,
      validTo: null,
      successors: [],
      originOnly: false,
    },
  }),
);

export const noPeers: Peers = peersFrom({
  entities: () => Promise.reject(new Error('not asked')),
  ask: () => Promise.reject(new Error('not asked')),
});

/** The service over a database of its own with the small tree in it. */
export async function openSmall(location: StoreLocation, now: () => Date, peers: Peers = noPeers) {
  const store = await openInstitutionStore(location);
  const service = institutionService(store, peers, now);
  await loadRegions(store, overlaid(treeOf(SEEDS), await service.regionChanges()));
  return { store, service };
}

export const newInstitution = (code: string, region = '330110', openedOn = '2020-09-01'): NewInstitution => ({
  code, name: `示例幼儿园${code.slice(-1)}`, creditCode: null, kind: 'KINDERGARTEN', founder: 'PRIVATE', inclusive: false,
  urbanRuralClass: '111', region, openedOn,
}); // prettier-ignore
