import type { NumberEndReason } from '../model.ts';

/** As much of a way to a record as tells whether it is the one that was meant. */
interface Way {
  readonly record: { readonly number: string | null; readonly bornOn: string };
  readonly origin: { readonly bornOn: string };
  readonly number: { readonly endReason: NumberEndReason | null } | null;
}

/**
 * Is this the record of whoever came with this number and birth date? A duplicate's papers may bear another date than the
 * record that goes on. A number that was deleted was not this child's: once the child has its own, whoever asks by the other is
 * not meant. `bornOn` is null where the asker holds dates against each other itself.
 */
export function isMeant({ record, origin, number }: Way, bornOn: string | null): boolean {
  if (record.number === null) return false;
  if (number?.endReason === 'DELETED' && record.number.startsWith('G')) return false;
  return bornOn === null || bornOn === record.bornOn || bornOn === origin.bornOn;
}
