import type { Peers } from '../../../kernel/peers.ts';
import type { Place } from '../../../kernel/rules/viewer.ts';
import type { KnownRegion } from '../rules/warnings.ts';

/** An institution as the institutions subgraph tells it. */
export interface KnownInstitution extends Place {
  readonly code: string;
  readonly status: string;
  /** One higher after each change of the institution. */
  readonly version: number;
  /** What it was merged into. */
  readonly successor: { readonly code: string } | null;
}

export async function placeOfInstitution(peers: Peers, code: string): Promise<KnownInstitution | null> {
  return (await institutionsByCode(peers, [code])).get(code) ?? null;
}

/** The institutions and all that they were merged into, and that into; one question for each merger in a row. */
export async function withSuccessors(
  peers: Peers,
  codes: readonly string[],
): Promise<Map<string, KnownInstitution>> {
  const known = new Map<string, KnownInstitution>();
  for (let asked = codes; asked.length > 0;) {
    const found = await institutionsByCode(peers, asked);
    for (const [code, one] of found) known.set(code, one);
    asked = [...found.values()]
      .flatMap(({ successor }) => successor?.code ?? [])
      .filter((c) => !known.has(c));
  }
  return known;
}

/** Those of the codes that name an institution. */
export async function institutionsByCode(
  peers: Peers,
  codes: readonly string[],
): Promise<Map<string, KnownInstitution>> {
  const keys = [...new Set(codes)].map((code) => ({ code }));
  const selection = 'code status provinceCode cityCode countyCode version successor { code }';
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
