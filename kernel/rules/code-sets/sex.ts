import type { CodeSet, ValueOf } from './code-set.ts';

/** GB/T 2261.1. The codes 0 unknown and 9 not stated are not offered: a record needs the sex of its child. */
export const SEX = {
  MALE: { code: '1', zh: '男', en: 'male' },
  FEMALE: { code: '2', zh: '女', en: 'female' },
} as const satisfies CodeSet;

export type Sex = ValueOf<typeof SEX>;
