/** Where and when a child may begin. */
import type { Life, Reference } from './reference.ts';
import type { Application } from './turns.ts';

/** What the model knows of a child beforehand. */
export interface Person {
  readonly bornOn: string;
  readonly registeredBy: readonly number[];
}

export type Seat = Pick<Application, 'garden' | 'class' | 'on'>;

export function entryRefusals(
  kind: Application['kind'],
  { garden, class: classNo, on }: Seat,
  { garden: present, stay }: Life,
  { bornOn, registeredBy }: Person,
  { open, day }: Pick<Reference, 'open' | 'day'>,
): string[] {
  const isTransfer = kind === 'TRANSFER';
  const known = registeredBy.includes(garden);
  const refusals: string[] = [];
  if (!open[garden]) refusals.push('INSTITUTION_NOT_LAWFUL');
  if (gardenOf(classNo) !== garden) refusals.push('CLASS_NOT_OF_INSTITUTION');
  if (!known) refusals.push('CHILD_UNKNOWN');
  if (isTransfer && garden === present) refusals.push('TRANSFER_SAME_INSTITUTION');
  if (!exists(on)) return [...refusals, 'DATE_IMPOSSIBLE'];
  if (on > day) refusals.push('ENTRY_DATE_FUTURE');
  if (known && on < `${Number(bornOn.slice(0, 4)) + 3}${bornOn.slice(4)}`) refusals.push('TOO_YOUNG');
  // The present stay keeps at least one day.
  if (isTransfer && on <= stay!.from) refusals.push('TRANSFER_BEFORE_STAY');
  if (!isTransfer && known && stay?.until && on < stay.until) refusals.push('ENTRY_BEFORE_LEAVING');
  return refusals;
}

/** Within a stay, up to today. */
export function dayRefusals(on: string, from: string, today: string): string[] {
  if (!exists(on)) return ['DATE_IMPOSSIBLE'];
  return on < from || on > today ? ['DATE_OUTSIDE_STAY'] : [];
}

export const gardenOf = (classNo: number): number => Math.floor(classNo / 2);
const exists = (day: string) => day !== '2026-02-30';
