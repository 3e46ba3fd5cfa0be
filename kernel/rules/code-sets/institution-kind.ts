import type { CodeSet, ValueOf } from './code-set.ts';

/** Kinds of preschool institution (办学类型). */
export const INSTITUTION_KIND = {
  KINDERGARTEN: { code: '111', zh: '幼儿园', en: 'kindergarten' },
  ETHNIC_KINDERGARTEN: {
    code: '112',
    zh: '独立设置的少数民族幼儿园',
    en: 'independent kindergarten for an ethnic minority',
  },
  ATTACHED_CLASS: { code: '119', zh: '附设幼儿班', en: 'preschool class attached to a school' },
} as const satisfies CodeSet;

export type InstitutionKind = ValueOf<typeof INSTITUTION_KIND>;
