import type { CodeSet, ValueOf } from './code-set.ts';

/** Levels of a class. Kindergartens have no part of JY/T of their own, so the levels have no national code. */
export const CLASS_LEVEL = {
  NURSERY: { code: null, zh: '托班', en: 'nursery class, age 2' },
  SMALL: { code: null, zh: '小班', en: 'first year, age 3' },
  MIDDLE: { code: null, zh: '中班', en: 'second year, age 4' },
  LARGE: { code: null, zh: '大班', en: 'last year, age 5' },
  MIXED: { code: null, zh: '混龄班', en: 'mixed ages' },
} as const satisfies CodeSet;

export type ClassLevel = ValueOf<typeof CLASS_LEVEL>;

/** The level of the next school year; null where a child has nowhere further to go. */
export const NEXT_LEVEL: Readonly<Record<ClassLevel, ClassLevel | null>> = {
  NURSERY: 'SMALL',
  SMALL: 'MIDDLE',
  MIDDLE: 'LARGE',
  LARGE: null,
  MIXED: 'MIXED',
};
