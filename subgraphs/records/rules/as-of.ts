import { compare, today, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { Application, IssuedNumber, Placement, Record, RecordEvent, RecordOn } from '../model.ts';

/** A record as it is now, or as it stood on a day. */
export type Seen = Record | RecordOn;

/** The day a record is shown as of; null where it is shown as it is now. */
export const dayOf = (record: Seen): PlainDate | null => ('asOf' in record ? record.asOf : null);

const begun = (on: PlainDate, day: PlainDate) => compare(on, day) <= 0;
const lasts = (end: PlainDate | null, day: PlainDate) => end === null || compare(end, day) > 0;

/** The stays begun by a day; the one of that day has no end yet. */
export function staysOn(stays: readonly Placement[], day: PlainDate | null): readonly Placement[] {
  if (day === null) return stays;
  return stays
    .filter(({ fromOn }) => begun(fromOn, day))
    .map((stay) => (lasts(stay.untilOn, day) ? { ...stay, untilOn: null } : stay));
}

/** The number that was in use on a day: a number is one from the day it was issued, not from the day of entry. */
export function numberOn(chain: readonly IssuedNumber[], day: PlainDate): string | null {
  const inUse = chain.filter(({ issuedOn, endedOn }) => begun(issuedOn, day) && lasts(endedOn, day));
  return inUse.at(-1)?.number ?? null;
}

/** The chain as it stood on a day: what was issued by then, and what had ended. */
export function numbersOn(chain: readonly IssuedNumber[], day: PlainDate | null): readonly IssuedNumber[] {
  if (day === null) return chain;
  return chain
    .filter(({ issuedOn }) => begun(issuedOn, day))
    .map((one) => (lasts(one.endedOn, day) ? { ...one, endedOn: null, endReason: null } : one));
}

/** The lines of history that hold by a day. */
export function eventsOn<T extends Pick<RecordEvent, 'effectiveOn'>>(
  events: readonly T[],
  day: PlainDate | null,
): readonly T[] {
  return day === null ? events : events.filter(({ effectiveOn }) => begun(effectiveOn, day));
}

/** The applications submitted by a day, as they stand now. */
export function applicationsOn(
  applications: readonly Application[],
  day: PlainDate | null,
): readonly Application[] {
  return day === null
    ? applications
    : applications.filter(({ submittedAt }) => begun(today(submittedAt), day));
}
