import { createHash } from 'node:crypto';
import type { AuditEntry, AuditLink, HashName } from './entry.ts';

/** What stands before the first link of every chain. */
export const GENESIS = '00'.repeat(32);

const NODE_NAME: Readonly<Record<HashName, string>> = { 'SHA-256': 'sha256', SM3: 'sm3' };

/**
 * The hash of a link: over its chain, its place, the hash before it, and every value of its entry, one after the
 * other as JSON. Whoever has the entries can reckon it; no key is needed to check.
 */
export function hashOf(
  { authority, seq, previous, algorithm }: Pick<AuditLink, 'authority' | 'seq' | 'previous' | 'algorithm'>,
  entry: AuditEntry,
): string {
  const text = JSON.stringify([authority, seq, previous, ...valuesOf(entry)]);
  return createHash(NODE_NAME[algorithm]).update(text).digest('hex');
}

function valuesOf(entry: AuditEntry): unknown[] {
  const { id, at, account, role, areaLevel, areaCode, authority, action, subjectType, subjectId } = entry;
  const { childId, caseId, fields, purpose, reason, requestId } = entry;
  return [
    ...[id, at.toISOString(), account, role, areaLevel, areaCode, authority, action, subjectType, subjectId],
    ...[childId, caseId, fields, purpose, reason, requestId],
  ];
}
