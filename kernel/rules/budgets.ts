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

/** What an account of one role may take of one kind in a day. */
export interface DailyBudget {
  readonly kind: BudgetKind;
  readonly role: Role;
  readonly most: number;
}

const BUDGETS: Readonly<Record<BudgetKind, Readonly<Partial<Record<Role, number>>>>> = {
  UNMASKED: { KINDERGARTEN: 2_000, COUNTY: 3_000, CITY: 50, PROVINCE: 50, MINISTRY: 50 },
  LOOKED_UP: { KINDERGARTEN: 500, COUNTY: 1_000 },
  BREAK_GLASS: { COUNTY: 10, CITY: 10, PROVINCE: 10 },
};

/** All that is stated here. The nation or a province may set less for its accounts, and nobody more. */
export const STATED_BUDGETS: readonly DailyBudget[] = Object.entries(BUDGETS).flatMap(([kind, roles]) =>
  Object.entries(roles).map(([role, most]) => ({ kind: kind as BudgetKind, role: role as Role, most })),
);

/** What holds where these were set; a role that is not named anywhere has none. */
export function budgetOf(kind: BudgetKind, role: Role, set: readonly DailyBudget[]): number {
  const stated = BUDGETS[kind][role] ?? 0;
  const own = set.find((one) => one.kind === kind && one.role === role);
  return Math.min(stated, own?.most ?? stated);
}
