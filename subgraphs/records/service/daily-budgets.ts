/** What somebody has set of the daily budgets, for accounts of an area; every subgraph asks before it lets them spend. */
import type { DailyBudget } from '../../../kernel/rules/budgets.ts';
import { today } from '../../../kernel/rules/plain-date.ts';
import type { Area } from '../../../kernel/rules/viewer.ts';
import { budgetsSet, NATION_CODE, type StoredSetting } from '../rules/settings.ts';
import type { Deps } from './deps.ts';
import { provinceOf } from './setting-areas.ts';

export async function dailyBudgets(deps: Deps, area: Area): Promise<DailyBudget[]> {
  const rows = (await deps.queries.budgetSettings()) as unknown as StoredSetting[];
  // Where nobody has set any, nobody needs to be asked where the area lies.
  if (rows.length === 0) return [];
  const province = await provinceOf(deps, { area });
  return budgetsSet(rows, province ?? NATION_CODE, today(deps.now()));
}
