import { isRecordNumber, normaliseRecordNumber } from '../../../kernel/rules/record-number.ts';
import type { Deps } from './deps.ts';

export interface NumberQuestion {
  readonly number: string;
  readonly bornOn: string;
}

export interface NumberAnswer {
  readonly currentNumber: string;
  readonly status: string;
  readonly issuedOn: string;
  /** When another number took the place of the one asked for, and why; null while it is the current one. */
  readonly changedOn: string | null;
  readonly changeReason: string | null;
  readonly institutionCode: string;
}

/**
 * The records behind numbers, in order; number and birth date must both fit. Unknown, malformed and
 * somebody else's birth date all give null, and cost the same two statements whatever the batch.
 */
export async function lookUpNumbers(
  { queries }: Deps,
  questions: readonly NumberQuestion[],
): Promise<(NumberAnswer | null)[]> {
  const digests = questions.map(({ number }) => {
    const normal = normaliseRecordNumber(number);
    return isRecordNumber(normal) ? queries.digestOf(normal) : null;
  });
  const issued = await queries.numbersByDigest([...new Set(digests.filter((digest) => digest !== null))]);
  const byDigest = new Map(issued.map((one) => [one.digest, one]));
  const records = await queries.recordsById(issued.map(({ recordId }) => recordId));
  const byId = new Map(records.map((record) => [record.id, record]));
  return questions.map(({ bornOn }, i) => {
    const number = byDigest.get(digests[i] ?? '');
    const record = number && byId.get(number.recordId);
    if (!number || !record || record.number === null || record.bornOn !== bornOn) return null;
    const { status, institutionCode } = record;
    const { issuedOn, endedOn: changedOn, endReason: changeReason } = number;
    return { currentNumber: record.number, status, issuedOn, changedOn, changeReason, institutionCode };
  });
}
