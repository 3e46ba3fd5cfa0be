import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { DeadlineRule } from '../model.ts';

/** One version of one rule. Versions are added and never changed or removed: steps name the one they began under. */
export interface Deadline {
  readonly rule: DeadlineRule;
  readonly length: number;
  readonly unit: 'CALENDAR_MONTHS' | 'WORKING_DAYS';
  /** Unique within the rule, the provinces' versions included. */
  readonly version: number;
  /** It holds for steps that begin on this day or later. */
  readonly validFrom: PlainDate;
  /** The province whose own rule it is; null for the nation. */
  readonly province: string | null;
  /** MEASURE: its text says so. PRACTICE: the K-12 rules did. ASSUMED: nobody said, a working figure. The rest people set. */
  readonly basis: 'MEASURE' | 'PRACTICE' | 'ASSUMED' | 'MINISTRY' | 'PROVINCE';
  /** No act starts this clock yet. */
  readonly unused?: true;
}

/** The Measure's first day. */
const MEASURE = '2025-12-29';

const nation = { version: 1, validFrom: MEASURE, province: null } as const;
const tenWorkingDays = { ...nation, length: 10, unit: 'WORKING_DAYS' } as const;

/**
 * The deadlines that hold where nobody has set any. What the ministry or a province sets stands beside them as a version of
 * its own, from 1001 on (rules/settings.ts).
 */
export const DEADLINES: readonly Deadline[] = [
  // A record is established within two months of entry (1.2 row 2).
  { ...nation, rule: 'ENROLMENT', length: 2, unit: 'CALENDAR_MONTHS', basis: 'MEASURE' },
  { ...tenWorkingDays, rule: 'ENROLMENT_DECISION', basis: 'ASSUMED' },
  // Both kindergartens hand over within ten working days (1.3, transfer).
  { ...tenWorkingDays, rule: 'TRANSFER', basis: 'MEASURE' },
  // The K-12 rules of 2013 gave each authority ten of its own (2.3).
  { ...tenWorkingDays, rule: 'TRANSFER_DECISION', basis: 'PRACTICE' },
  { ...tenWorkingDays, rule: 'DEFERRAL_DECISION', basis: 'ASSUMED' },
  // A deferral lasts one year at most and lapses by itself (design of this system).
  { ...nation, rule: 'DEFERRAL', length: 12, unit: 'CALENDAR_MONTHS', basis: 'ASSUMED' },
  { ...tenWorkingDays, rule: 'CORRECTION_DECISION', basis: 'ASSUMED' },
  { ...tenWorkingDays, rule: 'CANCELLATION_DECISION', basis: 'ASSUMED' },
  { ...tenWorkingDays, rule: 'REINSTATEMENT_DECISION', basis: 'ASSUMED' },
  { ...tenWorkingDays, rule: 'NUMBER_DELETION_DECISION', basis: 'ASSUMED' },
  // What was returned is completed, or the authority may refuse it.
  { ...tenWorkingDays, rule: 'COMPLETION', basis: 'ASSUMED' },
  { ...tenWorkingDays, rule: 'PROBLEM_ANSWER', basis: 'ASSUMED' },
  // Filing what was ordered and deciding it: twice the usual.
  { ...nation, length: 20, unit: 'WORKING_DAYS', rule: 'PROBLEM_ORDER', basis: 'ASSUMED' },
  { ...tenWorkingDays, rule: 'PROBLEM_ARBITRATION', basis: 'ASSUMED' },
];
