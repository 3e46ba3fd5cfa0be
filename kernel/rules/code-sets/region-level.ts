import type { CodeSet, ValueOf } from './code-set.ts';

/** Levels of the region tree. No standard numbers them. */
export const REGION_LEVEL = {
  NATION: { code: null, zh: '国家', en: 'nation' },
  PROVINCE: { code: null, zh: '省级', en: 'province' },
  CITY: { code: null, zh: '地级', en: 'city (prefecture level)' },
  COUNTY: { code: null, zh: '县级', en: 'county' },
} as const satisfies CodeSet;

export type RegionLevel = ValueOf<typeof REGION_LEVEL>;
