import type { ClassLevel } from '../../kernel/rules/code-sets/class-level.ts';
import type { Ownership } from '../../kernel/rules/code-sets/ownership.ts';
import type { Sex } from '../../kernel/rules/code-sets/sex.ts';
import type { UrbanRural } from '../../kernel/rules/code-sets/urban-rural.ts';
import type { PlainDate } from '../../kernel/rules/plain-date.ts';
import type { UserError } from '../../kernel/rules/user-errors.ts';
import type { Place } from '../../kernel/rules/viewer.ts';

/** Statuses of a record (design section 4). ENROLLED, TRANSFERRING and DEFERRED count as in kindergarten. */
export const RECORD_STATUS = {
  PENDING: { code: null, zh: '待核准', en: 'waiting for approval' },
  RETURNED: { code: null, zh: '已退回', en: 'returned for completion' },
  ENROLLED: { code: null, zh: '在园', en: 'in kindergarten' },
  TRANSFERRING: { code: null, zh: '转园中', en: 'being transferred' },
  DEFERRED: { code: null, zh: '缓学留园', en: 'staying on by deferral' },
  LEFT: { code: null, zh: '离园', en: 'left' },
  GRADUATED: { code: null, zh: '毕业', en: 'graduated' },
  PROMOTED: { code: null, zh: '已升学', en: 'taken over by a primary school' },
  CANCELLED: { code: null, zh: '注销', en: 'cancelled' },
  WITHDRAWN: { code: null, zh: '未建籍', en: 'an enrolment that never came to be' },
} as const;
export type RecordStatus = keyof typeof RECORD_STATUS;

/** Where a child is, with the place written down as it was. */
export interface Seat extends Place {
  readonly institutionId: string;
  readonly institutionCode: string;
  readonly classId: string;
}

/** The one lifelong record of a child; at most one per child, ever. */
export interface Record extends Seat {
  readonly id: string;
  readonly childId: string;
  readonly status: RecordStatus;
  /** The current number, null until the first approval. */
  readonly number: string | null;
  readonly bornOn: PlainDate;
  readonly birthCohort: number;
  readonly sex: Sex;
  readonly enteredOn: PlainDate;
  /** How many events its history has; the next event's seq is one more. */
  readonly events: number;
  readonly version: number;
}

/** What counts may be split by. */
export type CountDimension =
  'PROVINCE' | 'CITY' | 'COUNTY' | 'AGE' | 'SEX' | 'CLASS_LEVEL' | 'OWNERSHIP' | 'URBAN_RURAL';

/** What children are counted by, as it was at the time. */
export interface CountDimensions extends Place {
  readonly birthCohort: number;
  readonly sex: Sex;
  readonly classLevel: ClassLevel;
  readonly ownership: Ownership;
  readonly urbanRural: UrbanRural;
}

/** One stay of a record in an institution and class; at most one open per record. */
export interface Placement extends Seat, CountDimensions {
  readonly id: string;
  readonly recordId: string;
  readonly institutionCode: string;
  readonly fromOn: PlainDate;
  /** The first day it no longer holds; null while it is open. */
  readonly untilOn: PlainDate | null;
  readonly version: number;
}

export const APPLICATION_KIND = { ENROLMENT: { code: null, zh: '建籍', en: 'enrolment' } } as const;
export type ApplicationKind = keyof typeof APPLICATION_KIND;

export const APPLICATION_STATE = {
  SUBMITTED: { code: null, zh: '已提交', en: 'submitted, the county decides' },
  RETURNED: { code: null, zh: '已退回', en: 'returned, the kindergarten completes it' },
  APPROVED: { code: null, zh: '已核准', en: 'approved' },
  REFUSED: { code: null, zh: '不予核准', en: 'refused' },
  WITHDRAWN: { code: null, zh: '已撤回', en: 'withdrawn by the kindergarten' },
} as const;
export type ApplicationState = keyof typeof APPLICATION_STATE;

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

/** A change that somebody else must decide. */
export interface Application extends Seat, Clock {
  readonly id: string;
  readonly recordId: string;
  readonly kind: ApplicationKind;
  readonly state: ApplicationState;
  readonly enteredOn: PlainDate;
  readonly submittedAt: Date;
  readonly submittedBy: string;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly reason: string | null;
  readonly warnings: readonly UserError[];
  readonly version: number;
}

/** Why a child leaves before graduating (Measure 1.3: going abroad is leaving with this reason). */
export const LEAVE_REASON = {
  MOVED_ABROAD: { code: null, zh: '出国（境）', en: 'moved abroad' },
  GUARDIANS_WISH: { code: null, zh: '监护人意愿', en: "the guardians' wish" },
  MOVED_AWAY: { code: null, zh: '迁居外地', en: 'moved away' },
  HEALTH: { code: null, zh: '健康原因', en: 'health' },
  OTHER: { code: null, zh: '其他，须说明', en: 'other, with a remark' },
} as const;
export type LeaveReason = keyof typeof LEAVE_REASON;

/** One line of the append-only history. */
export interface RecordEvent {
  readonly recordId: string;
  readonly seq: number;
  /** The act's name, the same word as the mutation and the lifecycle row. */
  readonly type: string;
  readonly at: Date;
  readonly account: string;
  readonly statusFrom: RecordStatus | null;
  readonly statusTo: RecordStatus;
  readonly reason: string | null;
  /** Only where the act is `leave`; its remark is the reason. */
  readonly leaveReason: LeaveReason | null;
  readonly institutionId: string;
  readonly applicationId: string | null;
}

/** A deadline that moved without anybody acting; append-only. */
export interface DeadlineChange {
  readonly id: string;
  readonly applicationId: string;
  readonly oldDueOn: PlainDate;
  readonly newDueOn: PlainDate;
  /** The number of the notice that moved it. */
  readonly reason: string;
  readonly at: Date;
}

/** Every number ever printed; none is reissued, each resolves for ever. */
export interface IssuedNumber {
  /** Blind index of the number. */
  readonly digest: string;
  readonly recordId: string;
  readonly number: string;
  readonly issuedOn: PlainDate;
}

/** A change to the counts, appended in the transaction that caused it and folded in afterwards. */
export interface CountDelta extends CountDimensions {
  readonly id: string;
  readonly delta: number;
}
