import { isRecordNumber, normaliseRecordNumber } from '../../../kernel/rules/record-number.ts';
import type { Record } from '../model.ts';
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
  const records = await queries.recordsById(issued.map(({ recordId }) => recordId));
  const byId = new Map(records.map((record) => [record.id, record]));
  const goOn = await survivors(queries, records);
  return questions.map(({ bornOn }, i) => {
    const number = issued.find(
      ({ digest, recordId }) => digest === digests[i] && byId.get(recordId)?.bornOn === bornOn,
    );
    const record = number && byId.get(number.recordId);
    if (!number || !record || record.number === null) return null;
    // Deleted, because it was not this child's; once the child has its own, whoever asks by the other is not meant.
    if (number.endReason === 'DELETED' && record.number.startsWith('G')) return null;
    const present = goOn(record);
    const { status, institutionCode } = present;
    const { issuedOn, endedOn: changedOn, endReason: changeReason } = number;
    return { currentNumber: present.number!, status, issuedOn, changedOn, changeReason, institutionCode };
  });
}

/**
 * From a cancelled duplicate to the record that goes on, which may have become one itself: a statement for each step, and
 * mostly none. There are no circles, since a record is merged only into one that is not cancelled.
 */
async function survivors({ recordsById }: Deps['queries'], records: readonly Record[]) {
  const known = new Map(records.map((record) => [record.id, record]));
  const next = ({ status, mergedInto }: Record) => (status === 'CANCELLED' ? mergedInto : null);
  for (;;) {
    const wanted = [...known.values()].flatMap((record) => next(record) ?? []).filter((id) => !known.has(id));
    const found = wanted.length === 0 ? [] : await recordsById([...new Set(wanted)]);
    if (found.length === 0) break;
    for (const record of found) known.set(record.id, record);
  }
  return (record: Record): Record => {
    let present = record;
    for (let id = next(present); id !== null && known.has(id); id = next(present)) present = known.get(id)!;
    return present;
  };
}
