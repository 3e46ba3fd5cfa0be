import type { CodeSet, ValueOf } from './code-set.ts';

/** What the yearly statistics split by (办园性质). Derived, see ownershipOf, so no standard numbers it. */
export const OWNERSHIP = {
  PUBLIC: { code: null, zh: '公办', en: 'public' },
  INCLUSIVE_PRIVATE: { code: null, zh: '普惠性民办', en: 'inclusive private' },
  OTHER_PRIVATE: { code: null, zh: '其他民办', en: 'other private' },
} as const satisfies CodeSet;

export type Ownership = ValueOf<typeof OWNERSHIP>;
