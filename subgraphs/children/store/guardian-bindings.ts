import { EntitySchema } from 'typeorm';
import { toBytes } from '../../../kernel/store/ids.ts';
import type { Kit } from '../../../kernel/store/kit.ts';
import type { Transaction } from '../../../kernel/store/rows.ts';
import { SHIELDED, unsealed } from '../../../kernel/store/sealed-children.ts';
import { many, sql } from '../../../kernel/store/sql.ts';
import type { GuardianBinding } from '../model.ts';
import type { ChildStore } from './store.ts';

/** Migration 8. */
const columns = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  childId: kit.id(),
  account: kit.text(80),
  institutionCode: kit.text(10),
  proof: kit.text(20),
  boundBy: kit.text(80),
  boundAt: kit.instant(),
  endedAt: kit.instant({ nullable: true }),
});

const INDICES = [
  { name: 'guardian_binding_account', columns: ['account', 'childId'] },
  { name: 'guardian_binding_child', columns: ['childId', 'institutionCode'] },
];

export const guardianBindingTable = (kit: Kit) =>
  new EntitySchema<GuardianBinding>({ name: 'guardian_binding', columns: columns(kit), indices: INDICES });

export const newGuardianBindingTable = (kit: Kit) => ({
  name: 'guardian_binding',
  columns: columns(kit),
  indices: INDICES,
});

/** Not ended, the institution behind it holds the child still, and the child is hidden from nobody: a parent may be from whom. */
const HOLDS = sql`ended_at IS NULL AND ${unsealed(SHIELDED, 'guardian_binding.child_id')} AND EXISTS
  (SELECT 1 FROM child_holder h WHERE h.child_id = guardian_binding.child_id
  AND h.institution_code = guardian_binding.institution_code AND h.until_on IS NULL)`;

/** Who may see who looked. */
export const guardianBindingQueries = ({ reader, tables }: Pick<ChildStore, 'reader' | 'tables'>) => ({
  bindingsOfAccount: async (account: string): Promise<GuardianBinding[]> => {
    const rows = await reader.rows(
      tables.guardianBinding,
      sql`WHERE account = ${account} AND ${HOLDS} ORDER BY id LIMIT 20`,
    );
    // To the MySQL family `a` and `a ` are equal; another account's child is not this one's to see.
    return rows.filter((row) => row.account === account);
  },
  bindingsByChild: (ids: readonly string[]): Promise<GuardianBinding[]> =>
    reader.rows(
      tables.guardianBinding,
      sql`WHERE child_id IN (${many(ids.map(toBytes))}) AND ${HOLDS} ORDER BY id`,
    ),
  async bindingById(id: string): Promise<GuardianBinding | null> {
    const rows = await reader.rows(tables.guardianBinding, sql`WHERE id = ${toBytes(id)} AND ${HOLDS}`);
    return rows[0] ?? null;
  },
});

/** Ends what stood behind one institution's word about a child's guardians. */
export const endBindings = (
  { tables }: Pick<ChildStore, 'tables'>,
  tx: Transaction,
  { childId, institutionCode }: Pick<GuardianBinding, 'childId' | 'institutionCode'>,
  endedAt: Date,
) =>
  tx.set(
    tables.guardianBinding,
    { endedAt },
    sql`child_id = ${toBytes(childId)} AND institution_code = ${institutionCode} AND ended_at IS NULL`,
  );

export const endBinding = (
  { tables }: Pick<ChildStore, 'tables'>,
  tx: Transaction,
  id: string,
  endedAt: Date,
) => tx.set(tables.guardianBinding, { endedAt }, sql`id = ${toBytes(id)} AND ended_at IS NULL`);
