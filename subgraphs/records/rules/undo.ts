import { compare, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { Promotion, Record, RecordEvent, RecordStatus } from '../model.ts';
import { LIFECYCLE } from './lifecycle.ts';

/** The line of history that led to the status a record has now: the last act that ends in it by the table. */
export function endingOf(events: readonly RecordEvent[], status: RecordStatus): RecordEvent | null {
  const rows = LIFECYCLE.filter(({ to }) => to === status);
  const led = ({ type, statusFrom, statusTo }: RecordEvent) =>
    statusTo === status && rows.some(({ action, from }) => action === type && from.includes(statusFrom));
  return events.filter(led).at(-1) ?? null;
}

/** What a record is when the act that ended it is undone; a deferral that has passed meanwhile is over. */
export function restoredAs(
  ending: RecordEvent,
  lastUntil: PlainDate | null,
  today: PlainDate,
): Pick<Record, 'status' | 'deferredUntil'> {
  const status = ending.statusFrom!;
  if (status !== 'DEFERRED') return { status, deferredUntil: null };
  return lastUntil !== null && compare(lastUntil, today) >= 0
    ? { status, deferredUntil: lastUntil }
    : { status: 'ENROLLED', deferredUntil: null };
}

/**
 * What a record is when a primary school gives it back: what it was, in the stay it had. Where that stay cannot go on,
 * because its institution has changed, the child has left it.
 */
export function restoredStatus(
  { statusBefore, deferredUntil, placementId }: Promotion,
  resumable: boolean,
  today: PlainDate,
): Pick<Record, 'status' | 'deferredUntil'> & { readonly reopen: boolean } {
  if (placementId === null) return { status: statusBefore!, deferredUntil: null, reopen: false };
  if (!resumable) return { status: 'LEFT', deferredUntil: null, reopen: false };
  const lasts = deferredUntil !== null && compare(deferredUntil, today) >= 0;
  return lasts
    ? { status: statusBefore!, deferredUntil, reopen: true }
    : { status: 'ENROLLED', deferredUntil: null, reopen: true };
}
