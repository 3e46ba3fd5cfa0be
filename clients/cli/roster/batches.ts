import { createHash } from 'node:crypto';
import type { Candidate } from './candidate.ts';

export const BATCH_LIMIT = 200;

/** Rows of one institution that are sent together. */
export interface Batch {
  readonly institution: string;
  readonly candidates: readonly Candidate[];
}

/** Cut institution by institution in the file's order, so that the same file is always cut the same way. */
export function batchesOf(candidates: readonly Candidate[], size: number): Batch[] {
  const byInstitution = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const institution = candidate.institutionCode ?? '';
    const rows = byInstitution.get(institution);
    if (rows) rows.push(candidate);
    else byInstitution.set(institution, [candidate]);
  }
  return [...byInstitution].flatMap(([institution, rows]) =>
    Array.from({ length: Math.ceil(rows.length / size) }, (_, at) => ({
      institution,
      candidates: rows.slice(at * size, (at + 1) * size),
    })),
  );
}

/**
 * One key for one act on these rows of this file: sent again after a kill, it is answered and not done again.
 * The rows are part of it, because another set of rows under the same key would be another request.
 */
export function idempotencyKey(
  act: 'register' | 'enrol',
  fingerprint: string,
  institution: string,
  rows: readonly number[],
): string {
  const hash = createHash('sha256').update([act, fingerprint, institution, rows.join(',')].join('\n'));
  return `roster-${act}-${hash.digest('hex').slice(0, 40)}`;
}
