import type { PlainDate } from '../../../kernel/rules/plain-date.ts';

/** What has to be done in time. How long each takes is in rules/deadlines.ts. */
export const DEADLINE_RULES = [
  'ENROLMENT',
  'ENROLMENT_DECISION',
  'TRANSFER',
  'TRANSFER_DECISION',
  'DEFERRAL_DECISION',
  'DEFERRAL',
  'CORRECTION_DECISION',
  'CANCELLATION_DECISION',
  'REINSTATEMENT_DECISION',
  'NUMBER_DELETION_DECISION',
  'COMPLETION',
  'PROBLEM_ANSWER',
  'PROBLEM_ORDER',
  'PROBLEM_ARBITRATION',
] as const;
export type DeadlineRule = (typeof DEADLINE_RULES)[number];

/** When a step is due, and what is needed to reckon it anew when the calendar changes. */
export interface Clock {
  /** The last day on which the step is still in time. */
  readonly dueOn: PlainDate;
  readonly dueRule: DeadlineRule;
  /** The day the step began; the first day counted is the next. */
  readonly dueFrom: PlainDate;
  /** The version of the rule it began under. */
  readonly dueVersion: number;
  /** It reaches into a year whose calendar is not fixed yet. */
  readonly dueProvisional: boolean;
}
