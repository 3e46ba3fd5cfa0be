import { toBytes } from '../../../kernel/store/ids.ts';
import type { Transaction } from '../../../kernel/store/rows.ts';
import { join, many, sql } from '../../../kernel/store/sql.ts';
import type { ChildHolder, IdentityDocument } from '../model.ts';
import type { ChildStore } from './store.ts';

type Hold = Pick<ChildHolder, 'childId' | 'institutionCode'>;

const anyOf = (holds: readonly Hold[]) =>
  join(
    holds.map(
      ({ childId, institutionCode }) =>
        sql`(child_id = ${toBytes(childId)} AND institution_code = ${institutionCode})`,
    ),
    ' OR ',
    'FALSE',
  );

/** Writes rows anew; what guards against others is the version of the child, changed in the same transaction. */
export const writesTo = ({ tables }: ChildStore, tx: Transaction) => ({
  async replaceHolders(holders: readonly ChildHolder[]): Promise<void> {
    if (holders.length === 0) return;
    await tx.execute(sql`DELETE FROM child_holder WHERE ${anyOf(holders)}`);
    await tx.insert(tables.childHolder, holders);
  },
  /** Forgets the guardians these institutions have named for these children. */
  async removeGuardians(holds: readonly Hold[]): Promise<void> {
    if (holds.length > 0) await tx.execute(sql`DELETE FROM guardian WHERE ${anyOf(holds)}`);
  },
  async replaceDocument(before: IdentityDocument, after: IdentityDocument): Promise<void> {
    await tx.execute(sql`DELETE FROM identity_document WHERE id IN (${many([toBytes(before.id)])})`);
    await tx.insert(tables.identityDocument, [after]);
  },
});
