import type { CodeSet, ValueOf } from './code-set.ts';

/** GB/T 4761, narrowed to what a guardian of a small child can be; 6 and 8 are the standard's groups. */
export const GUARDIAN_RELATION = {
  FATHER: { code: '51', zh: '父亲', en: 'father' },
  MOTHER: { code: '52', zh: '母亲', en: 'mother' },
  GRANDPARENT: { code: '6', zh: '祖父母或外祖父母', en: 'grandparent' },
  OTHER: { code: '8', zh: '其他', en: 'other' },
} as const satisfies CodeSet;

export type GuardianRelation = ValueOf<typeof GUARDIAN_RELATION>;
