import type { CodeSet, ValueOf } from './code-set.ts';

/** Who founded and keeps an institution (举办者). A central founder is known by its own number in GB/T 4657. */
export const FOUNDER = {
  CENTRAL: { code: null, zh: '中央部门', en: 'central department' },
  PROVINCE_EDUCATION: { code: '811', zh: '省级教育部门', en: 'provincial education department' },
  PROVINCE_OTHER: { code: '812', zh: '省级其他部门', en: 'other provincial department' },
  CITY_EDUCATION: { code: '821', zh: '地级教育部门', en: 'city education department' },
  CITY_OTHER: { code: '822', zh: '地级其他部门', en: 'other city department' },
  COUNTY_EDUCATION: { code: '831', zh: '县级教育部门', en: 'county education department' },
  COUNTY_OTHER: { code: '832', zh: '县级其他部门', en: 'other county department' },
  LOCAL_ENTERPRISE: { code: '891', zh: '地方企业', en: 'local enterprise' },
  PUBLIC_INSTITUTION: { code: '892', zh: '事业单位', en: 'public institution' },
  MILITARY: { code: '893', zh: '部队', en: 'armed forces' },
  COLLECTIVE: { code: '894', zh: '集体', en: 'collective' },
  PRIVATE: { code: '999', zh: '民办', en: 'private' },
} as const satisfies CodeSet;

export type Founder = ValueOf<typeof FOUNDER>;
