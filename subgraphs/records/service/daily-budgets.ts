/** What somebody has set of the daily budgets, for accounts of an area; every subgraph asks before it lets them spend. */
import type { DailyBudget } from '../../../kernel/rules/budgets.ts';
import { today } from '../../../kernel/rules/plain-date.ts';
import type { Area, Call } from '../../../kernel/rules/viewer.ts';
import { keptShortly } from '../../../kernel/store/budgets-set.ts';
import { unmaskingIn } from '../../../kernel/store/unmasking.ts';
import { budgetsSet, NATION_CODE, type StoredSetting } from '../rules/settings.ts';
import type { Deps } from './deps.ts';
import { provinceOf } from './setting-areas.ts';

/** What neighbours are told of budgets, and what this subgraph itself spends and notes. */
export function spendingOf(deps: Deps) {
  const { store, queries, now } = deps;
  const budgetsOf = keptShortly((area) => dailyBudgets(deps, area), now);
  return {
    dailyBudgets: (area: Area) => dailyBudgets(deps, area),
    unmasking: (call: Call) =>
      unmaskingIn(store, call, now, budgetsOf, async (ids) => {
        const found = await queries.recordsByChild(ids);
        return new Map(found.map(({ childId, countyCode }) => [childId, countyCode]));
      }),
  };
}

async function dailyBudgets(deps: Deps, area: Area): Promise<DailyBudget[]> {
  const rows = (await deps.queries.budgetSettings()) as unknown as StoredSetting[];
  // Where nobody has set any, nobody needs to be asked where the area lies.
  if (rows.length === 0) return [];
  const province = await provinceOf(deps, { area });
  return budgetsSet(rows, province ?? NATION_CODE, today(deps.now()));
}
