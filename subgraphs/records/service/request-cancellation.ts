import { isId } from '../../../kernel/rules/ids.ts';
import { isRecordNumber, normaliseRecordNumber } from '../../../kernel/rules/record-number.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import type { CancellationReason, Placement, Record } from '../model.ts';
import type { Facts } from '../rules/facts.ts';
import { askFor, type Item } from './ask-for.ts';
import { ordersOf } from './carry-out-orders.ts';
import type { Deps } from './deps.ts';
import { lastStays, leftOn } from './stays.ts';

/** How somebody names the record that goes on: one they have by its id, any by what its papers say. */
export interface NamedRecord {
  readonly recordId?: string | null;
  readonly number?: string | null;
  readonly bornOn?: string | null;
}

export interface NewCancellation extends Item {
  readonly reason: CancellationReason;
  /** The first day the record no longer holds. */
  readonly on: string;
  readonly duplicateOf?: NamedRecord | null;
}

/** Asks for the end of a record whose child has died, or which is a proven duplicate (Measure 1.3). */
export function requestCancellation(
  deps: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  item: NewCancellation,
) {
  const { reason, on } = item;
  const { level, code } = viewer.area;
  return askFor(deps, viewer, idempotencyKey, item, {
    action: 'requestCancellation',
    kind: 'CANCELLATION',
    async gather({ record }) {
      const survivor = item.duplicateOf == null ? undefined : await named(deps, viewer, item.duplicateOf);
      const orders = await ordersOf(deps, [record.id], 'CANCEL');
      const ordered = orders.get(record.id)!.length > 0;
      return { survivor, ordered, stays: await lastStays(deps, [record]) };
    },
    facts: ({ record, stay }, { survivor, ordered, stays }) => ({
      ...cancellationFacts(record, reason, on),
      ordered,
      ...(stay ? { stayFrom: stayFrom(record, stay, reason) } : leftOn(stays, record)),
      ...(survivor === undefined ? {} : { survivor: survivor && survivorOf(survivor) }),
    }),
    said: (_, { survivor }) => ({
      enteredOn: on,
      details: { cancellation: { reason, duplicateOf: survivor?.id ?? null } },
      // The ministry decides what a province asks for.
      ...(level === 'PROVINCE' ? { applicantLevel: level, applicantCode: code } : {}),
    }),
  });
}

export const cancellationFacts = (
  { id: recordId, number }: Record,
  cancellationReason: CancellationReason,
  on: string,
): Partial<Facts> => ({
  ...{ recordId, cancellationReason, on },
  formalNumber: number?.startsWith('G') ?? false,
});

/** A death may lie before the last move to another class: the child has been there since it entered. */
export const stayFrom = ({ enteredOn }: Record, stay: Placement, reason: CancellationReason): string =>
  reason === 'DEATH' ? enteredOn : stay.fromOn;

export const survivorOf = ({ id, status, number }: Record) => ({
  id,
  goesOn: number !== null && status !== 'CANCELLED' && status !== 'WITHDRAWN',
});

/** The record named; null where there is none such, undefined where it is named in no way or in both. */
async function named(
  { queries }: Deps,
  { area }: Viewer,
  { recordId, number, bornOn }: NamedRecord,
): Promise<Record | null | undefined> {
  const byPapers = number != null && bornOn != null;
  if ((recordId != null) === byPapers) return undefined;
  if (recordId != null) {
    const [found] = isId(recordId) ? await queries.recordsById([recordId]) : [];
    return found && covers(area, found) ? found : null;
  }
  const normal = normaliseRecordNumber(number!);
  if (!isRecordNumber(normal)) return null;
  const issued = await queries.numbersByDigest([queries.digestOf(normal)]);
  const found = await queries.recordsById(issued.map(({ recordId }) => recordId));
  const holders = issued.map(({ recordId }) => found.find(({ id }) => id === recordId));
  return holders.find((record) => record?.bornOn === bornOn) ?? null;
}
