import { NATION, type Viewer } from '../../rules/viewer.ts';
import { newId } from '../ids.ts';
import type { Store } from '../open.ts';
import type { Transaction } from '../rows.ts';
import { READ, type Actor, type Audited, type AuditEntry } from './entry.ts';
import type { AuditTables } from './tables.ts';

/** Who is named where the system did it by itself. */
export const systemActor = (account: string): Actor => ({ account, role: 'SERVICE', area: NATION });

/**
 * Writes to the log what this transaction does, so that both stand or neither. `actor` is named where the
 * transaction is nobody's; otherwise whoever it is written for.
 */
export async function appendAudit(
  { tables }: { readonly tables: AuditTables },
  tx: Transaction,
  audited: readonly Audited[],
  actor: Actor = systemActor('system'),
): Promise<void> {
  const by = tx.by ?? actor;
  const at = new Date();
  await tx.insert(
    tables.auditEntry,
    audited.map((one) => entryOf(one, by, at)),
  );
}

/** Personal fields of one subject that somebody is about to be shown unmasked. */
export type UnmaskedRead = Omit<Audited, 'action' | 'fields'> & { readonly fields: readonly string[] };

/**
 * Writes a list of unmasked reads to the log, one entry for each subject with its fields. To be awaited before the
 * values leave: what cannot be written down is not shown.
 */
export async function appendReads(
  store: Pick<Store<AuditTables>, 'tables' | 'transaction'>,
  viewer: Viewer & Pick<Actor, 'requestId' | 'purpose'>,
  reads: readonly UnmaskedRead[],
): Promise<void> {
  if (reads.length === 0) return;
  const audited = reads.map((read): Audited => ({ ...read, action: READ }));
  await store.transaction((tx) => appendAudit(store, tx, audited), viewer);
}

function entryOf(
  { childId = null, caseId = null, fields = null, reason = null, ...rest }: Audited,
  { account, role, area, requestId = null, purpose = null }: Actor,
  at: Date,
): AuditEntry {
  return {
    ...{ id: newId(), at, account, role, areaLevel: area.level, areaCode: area.code },
    ...{ ...rest, childId, caseId, fields, reason, purpose, requestId },
  };
}
