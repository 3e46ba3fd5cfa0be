import type { ClassLevel } from './code-sets/class-level.ts';

/** Most children a class should hold: Work Rules for Kindergartens 2016, article 11; NURSERY by the nursery norms. */
export const CLASS_SIZE_LIMIT: Readonly<Record<ClassLevel, number>> = {
  NURSERY: 20,
  SMALL: 25,
  MIDDLE: 30,
  LARGE: 35,
  MIXED: 30,
};
