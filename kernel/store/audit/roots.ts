import { today } from '../../rules/plain-date.ts';
import { Conflict } from '../errors.ts';
import { raw } from '../sql.ts';
import type { AuditLink, AuditRoot } from './entry.ts';
import { headsOf } from './reading.ts';
import type { AuditStore } from './sealer.ts';

/** Writes where each chain stood, for those that have grown since their last root and not today; answers the new roots. */
export async function writeRoots(store: AuditStore, day: string): Promise<readonly AuditRoot[]> {
  const { tables, reader } = store;
  const roots = await reader.rows(tables.auditRoot, raw(''));
  const covered = new Map<string, number>();
  for (const { authority, seq } of roots) covered.set(authority, Math.max(seq, covered.get(authority) ?? 0));
  const fresh = [...(await headsOf(store, reader)).values()]
    .filter(({ authority, seq, sealedAt }) => today(sealedAt) < day && seq > (covered.get(authority) ?? 0))
    .map(rootOf);
  try {
    await store.transaction((tx) => tx.insert(tables.auditRoot, fresh));
    return fresh;
  } catch (error) {
    // Another process has written them.
    if (error instanceof Conflict) return [];
    throw error;
  }
}

export const rootOf = ({ authority, seq, hash, sealedAt }: AuditLink): AuditRoot => ({
  ...{ authority, day: today(sealedAt), seq, hash },
});
