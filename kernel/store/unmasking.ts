/** What a subgraph does about personal data that is shown whole: pays for it, and writes it to the log. */
import type { BudgetKind } from '../rules/budgets.ts';
import { breakGlassOver, type PersonalField } from '../rules/purposes.ts';
import { NATION, type Call } from '../rules/viewer.ts';
import { appendReads } from './audit/append.ts';
import type { AuditTables } from './audit/tables.ts';
import { spendOf, type Spent, type WithBudget } from './budget.ts';
import type { BudgetsOf } from './budgets-set.ts';
import type { Store } from './open.ts';

type Reads = readonly { readonly childId: string; readonly fields: readonly PersonalField[] }[];

/** The counties in whose logs reads of these children belong, as far as they are the viewer's. */
export type CountiesOf = (childIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;

export function unmaskingIn(
  store: Store<WithBudget & AuditTables>,
  { viewer, requestId, purpose }: Call,
  now: () => Date,
  budgetsOf: BudgetsOf,
  countiesOf: CountiesOf,
) {
  return {
    spend: (kind: BudgetKind, amount: number): Promise<Spent> =>
      spendOf(store, viewer, { kind, amount }, now(), budgetsOf),
    async note(reads: Reads): Promise<void> {
      const counties = await countiesOf(reads.map(({ childId }) => childId));
      const read = reads.map(({ childId, fields }) => ({
        ...{ authority: counties.get(childId) ?? NATION.code, subjectType: 'Child', subjectId: childId },
        ...{ childId, fields, caseId: breakGlassOver(viewer, childId) },
      }));
      await appendReads(store, { ...viewer, requestId, purpose: purpose ?? null }, read);
    },
  };
}
