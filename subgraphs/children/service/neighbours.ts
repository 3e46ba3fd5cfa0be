import type { Peers } from '../../../kernel/peers.ts';
import type { Place } from '../../../kernel/rules/viewer.ts';
import type { KnownRegion } from '../rules/warnings.ts';

/** An institution as the institutions subgraph tells it. */
export interface KnownInstitution extends Place {
  readonly code: string;
  readonly status: string;
}

export async function placeOfInstitution(peers: Peers, code: string): Promise<KnownInstitution | null> {
  return (await institutionsByCode(peers, [code])).get(code) ?? null;
}

interface Succeeded {
  readonly code: string;
  readonly successor: { readonly code: string } | null;
}

/** The institution that stands in the place of this one today: itself, or what it was merged into, and that into. */
export async function standingSuccessor(peers: Peers, code: string): Promise<string> {
  const selection = 'code successor { code }';
  const [found] = await peers.entities<Succeeded>('institutions', 'Institution', [{ code }], selection);
  return found?.successor ? standingSuccessor(peers, found.successor.code) : code;
}

/** Those of the codes that name an institution. */
export async function institutionsByCode(
  peers: Peers,
  codes: readonly string[],
): Promise<Map<string, KnownInstitution>> {
  const keys = [...new Set(codes)].map((code) => ({ code }));
  const selection = 'code status provinceCode cityCode countyCode';
  const found = await peers.entities<KnownInstitution>('institutions', 'Institution', keys, selection);
  return new Map(found.filter((one) => one !== null).map((one) => [one.code, one]));
}

/** Those of the codes that name a region, present or past. */
export async function regionsByCode(
  peers: Peers,
  codes: readonly string[],
): Promise<Map<string, KnownRegion>> {
  const keys = [...new Set(codes)].map((code) => ({ code }));
  const regions = await peers.entities<KnownRegion>('institutions', 'Region', keys, 'code validTo');
  return new Map(regions.filter((region) => region !== null).map((region) => [region.code, region]));
}
