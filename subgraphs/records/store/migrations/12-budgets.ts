import { budgetMigration } from '../../../../kernel/store/budget.ts';
import type { Kit } from '../../../../kernel/store/kit.ts';

export const budgets = (kit: Kit) => budgetMigration('BudgetsRecords1764000000012', kit);
