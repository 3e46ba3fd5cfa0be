import { addMonths, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { ApplicationKind } from '../model.ts';

interface Deadline {
  readonly length: number;
  readonly unit: 'CALENDAR_MONTHS';
  readonly version: number;
}

/** Deadlines are data. A record is established within two months of entry (Measure, 1.2 row 2). */
export const DEADLINES: Readonly<Record<ApplicationKind, Deadline>> = {
  ENROLMENT: { length: 2, unit: 'CALENDAR_MONTHS', version: 1 },
};

/** The last day on which the step is still in time. */
export function dueOn(kind: ApplicationKind, from: PlainDate): PlainDate {
  return addMonths(from, DEADLINES[kind].length);
}
