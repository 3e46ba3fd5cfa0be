/**
 * How much of what identifies a child an account may take in a day. Enough for the work of its role, too little to copy
 * out what it guards: a kindergarten's whole roster a few times, a fraction of a county.
 */
import type { Role } from './viewer.ts';

export const BUDGET_KINDS = {
  /** Children shown unmasked. */
  UNMASKED: { zh: '查看未脱敏儿童', en: 'children shown unmasked' },
  /** Document and record numbers asked after, found or not: each is a guess, however many come in a request. */
  LOOKED_UP: { zh: '按号码查找', en: 'numbers asked after' },
  /** Children asked for by break-glass, found or not. */
  BREAK_GLASS: { zh: '破例查看', en: 'children asked for by break-glass' },
} as const;
export type BudgetKind = keyof typeof BUDGET_KINDS;

const BUDGETS: Readonly<Record<BudgetKind, Readonly<Partial<Record<Role, number>>>>> = {
  UNMASKED: { KINDERGARTEN: 2_000, COUNTY: 3_000, CITY: 50, PROVINCE: 50, MINISTRY: 50 },
  LOOKED_UP: { KINDERGARTEN: 500, COUNTY: 1_000 },
  BREAK_GLASS: { COUNTY: 10, CITY: 10, PROVINCE: 10 },
};

/** A role that is not named has none. */
export const budgetOf = (kind: BudgetKind, role: Role): number => BUDGETS[kind][role] ?? 0;
