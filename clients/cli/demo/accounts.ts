import { DEMO_REGION } from './generate.ts';
import type { ViewerSpec } from './viewer-spec.ts';

/** The accounts the county was seeded by: who opens is not who decides, who enters is not who reviews. */
export const OPENING_CLERK: ViewerSpec = {
  account: `county-${DEMO_REGION}-1`,
  role: 'COUNTY',
  region: DEMO_REGION,
};

/** Sees children under a protection order, of whom nobody else is told; only so can it say that nobody is left where it closes. */
export const DECIDING_CLERK: ViewerSpec = {
  account: `county-${DEMO_REGION}-2`,
  role: 'COUNTY',
  region: DEMO_REGION,
  named: ['seeSealedChildren'],
};

export const CITY_CLERK: ViewerSpec = { account: 'city-330100-1', role: 'CITY', region: '330100' };
export const PROVINCE_CLERK: ViewerSpec = {
  account: 'province-330000-1',
  role: 'PROVINCE',
  region: '330000',
};
export const MINISTRY_CLERK: ViewerSpec = { account: 'ministry-000000-1', role: 'MINISTRY' };

export function entryClerk(institution: string): ViewerSpec {
  return { account: `kindergarten-${institution}-entry`, role: 'KINDERGARTEN', institution };
}

/** Confirms what takes effect at once. */
export function reviewClerk(institution: string): ViewerSpec {
  return { account: `kindergarten-${institution}-review`, role: 'KINDERGARTEN', institution };
}
