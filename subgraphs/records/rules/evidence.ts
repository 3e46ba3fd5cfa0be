import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { EVIDENCE_KIND, type Evidence, type EvidenceKind } from '../model.ts';

const EVIDENCE_MAX = 10;
/** A file number. Chinese characters could be a name, and a run of digits as long as an ID could be one. */
const REFERENCE = /^(?!.*\d{11})[A-Za-z0-9][A-Za-z0-9._:/-]{0,79}$/;
const SHA256 = /^[0-9a-f]{64}$/;

/** What is wrong with a list of papers, at each of its fields. */
export function evidenceErrors(evidence: readonly Evidence[]): UserError[] {
  if (evidence.length > EVIDENCE_MAX)
    return [userError('TOO_MANY_ITEMS', ['evidence'], { max: EVIDENCE_MAX, got: evidence.length })];
  return evidence.flatMap(({ reference, digest }, i) => [
    ...(REFERENCE.test(reference)
      ? []
      : [userError('EVIDENCE_REFERENCE', ['evidence', String(i), 'reference'])]),
    ...(SHA256.test(digest) ? [] : [userError('EVIDENCE_DIGEST', ['evidence', String(i), 'digest'])]),
  ]);
}

/** A refusal unless a paper of one of the kinds is there. */
export function proofMissing(
  evidence: readonly Evidence[] | undefined,
  kinds: readonly EvidenceKind[],
): UserError | null {
  if ((evidence ?? []).some(({ kind }) => kinds.includes(kind))) return null;
  const expected = kinds.map((kind) => `${EVIDENCE_KIND[kind].zh} ${kind}`).join(' / ');
  return userError('EVIDENCE_MISSING', ['evidence'], { expected });
}
