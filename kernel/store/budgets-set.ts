/**
 * What people have set instead of the stated budgets. Records keeps it with the other settings; whoever spends has it
 * told for the area of the account, and keeps it for half a minute.
 */
import type { DailyBudget } from '../rules/budgets.ts';
import type { Area } from '../rules/viewer.ts';

export type BudgetsOf = (area: Area) => Promise<readonly DailyBudget[]>;

/** Records, as far as it is asked here. */
interface Asked {
  ask<T>(to: 'records', query: string, variables: Readonly<Record<string, unknown>>): Promise<T>;
}

const SET =
  'query($level: String!, $code: String!) { dailyBudgets(areaLevel: $level, areaCode: $code) { kind role most } }';

export const budgetsToldBy =
  (peers: Asked): BudgetsOf =>
  async ({ level, code }) =>
    (await peers.ask<{ dailyBudgets: DailyBudget[] }>('records', SET, { level, code })).dailyBudgets;

const KEPT_MS = 30_000;
const AREAS_MAX = 50_000;

interface Heard {
  readonly at: number;
  readonly budgets: Promise<readonly DailyBudget[]>;
}

export function keptShortly(budgetsOf: BudgetsOf, now: () => Date): BudgetsOf {
  const heard = new Map<string, Heard>();
  return ({ level, code }) => {
    const key = `${level} ${code}`;
    const at = now().getTime();
    const known = heard.get(key);
    if (known && Math.abs(at - known.at) < KEPT_MS) return known.budgets;
    if (heard.size >= AREAS_MAX) heard.clear();
    const budgets = budgetsOf({ level, code }).catch((error: unknown) => {
      // What was heard before goes on while nobody answers; where nothing ever was, nothing is shown.
      if (known) return known.budgets;
      heard.delete(key);
      throw error;
    });
    heard.set(key, { at, budgets });
    return budgets;
  };
}
