/** What a subgraph does about personal data that is shown whole: pays for it, and writes it to the log. */
import { budgetOf, type BudgetKind } from '../rules/budgets.ts';
import { today } from '../rules/plain-date.ts';
import { breakGlassOver, type PersonalField } from '../rules/purposes.ts';
import { NATION, type Call } from '../rules/viewer.ts';
import { appendReads } from './audit/append.ts';
import type { AuditTables } from './audit/tables.ts';
import { spend, type WithBudget } from './budget.ts';
import type { Store } from './open.ts';

type Reads = readonly { readonly childId: string; readonly fields: readonly PersonalField[] }[];

/** The counties in whose logs reads of these children belong, as far as they are the viewer's. */
export type CountiesOf = (childIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;

export function unmaskingIn(
  store: Store<WithBudget & AuditTables>,
  { viewer, requestId, purpose }: Call,
  now: () => Date,
  countiesOf: CountiesOf,
) {
  const { account, role } = viewer;
  return {
    spend: (kind: BudgetKind, amount: number): Promise<boolean> =>
      spend(store, { account, day: today(now()), kind }, amount, budgetOf(kind, role)),
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
