/**
 * Children under a protection order, as every subgraph keeps them: for whoever has no right to see them they are not there.
 * What a read says of it stands here once; which of two sets of reads a viewer gets is decided once for each request.
 */
import { EntitySchema } from 'typeorm';
import type { Audited } from './audit/entry.ts';
import { appendAudit } from './audit/append.ts';
import type { AuditTables } from './audit/tables.ts';
import { toBytes } from './ids.ts';
import type { Kit } from './kit.ts';
import { creation } from './migration.ts';
import type { Transaction } from './rows.ts';
import { many, raw, sql, type Sql } from './sql.ts';

/** The row stays when the seal is lifted, so that what is told late is known to be old. */
export interface SealedChild {
  readonly childId: string;
  readonly sealed: boolean;
  /** One higher with each act. */
  readonly seq: number;
}

const columns = (kit: Kit) => ({
  childId: kit.id({ primary: true }),
  sealed: kit.flag(),
  seq: kit.int(),
});

export const sealedChildTable = (kit: Kit) =>
  new EntitySchema<SealedChild>({ name: 'sealed_child', columns: columns(kit) });

export type WithSealedChildren = { readonly sealedChild: ReturnType<typeof sealedChildTable> };

/** The migration that adds the table. */
export const sealedChildMigration = (name: string, kit: Kit) =>
  creation(name, kit, [{ name: 'sealed_child', columns: columns(kit) }]);

/** Whose eyes a set of reads is made for. */
export interface Eyes {
  readonly seeSealed: boolean;
}
export const WHOLE: Eyes = { seeSealed: true };
export const SHIELDED: Eyes = { seeSealed: false };

/** One look into a small table by its key, for each row that is the viewer's otherwise. */
export const unsealed = ({ seeSealed }: Eyes, childId: string): Sql =>
  seeSealed
    ? raw('TRUE')
    : raw(
        `NOT EXISTS (SELECT 1 FROM sealed_child WHERE sealed_child.child_id = ${childId} AND sealed_child.sealed = 1)`,
      );

/** Takes in how children stand now; what was told before and is overtaken changes nothing. */
export async function applySeals(
  tx: Transaction,
  tables: WithSealedChildren & AuditTables,
  seals: readonly SealedChild[],
  authorities: ReadonlyMap<string, string>,
): Promise<void> {
  const ids = many(seals.map(({ childId }) => toBytes(childId)));
  const known = await tx.rows(tables.sealedChild, sql`WHERE child_id IN (${ids})`);
  const seqOf = new Map(known.map(({ childId, seq }) => [childId, seq]));
  const latest = new Map(seals.map((one) => [one.childId, one]));
  const fresh = [...latest.values()].filter(({ childId, seq }) => seq > (seqOf.get(childId) ?? 0));
  if (fresh.length === 0) return;
  const changed = many(fresh.map(({ childId }) => toBytes(childId)));
  await tx.execute(sql`DELETE FROM sealed_child WHERE child_id IN (${changed})`);
  await tx.insert(tables.sealedChild, fresh);
  const audited = fresh.map(({ childId, sealed }): Audited => ({
    ...{ action: sealed ? 'SEAL_CHILD' : 'UNSEAL_CHILD', authority: authorities.get(childId) ?? '000000' },
    ...{ subjectType: 'Child', subjectId: childId, childId },
  }));
  await appendAudit({ tables }, tx, audited);
}
