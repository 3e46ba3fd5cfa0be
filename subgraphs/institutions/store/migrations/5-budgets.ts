import { budgetMigration } from '../../../../kernel/store/budget.ts';
import type { Kit } from '../../../../kernel/store/kit.ts';

export const budgets = (kit: Kit) => budgetMigration('BudgetsInstitutions1764000000005', kit);
