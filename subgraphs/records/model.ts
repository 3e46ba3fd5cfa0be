import type { ClassLevel } from '../../kernel/rules/code-sets/class-level.ts';
import type { Ownership } from '../../kernel/rules/code-sets/ownership.ts';
import type { Sex } from '../../kernel/rules/code-sets/sex.ts';
import type { UrbanRural } from '../../kernel/rules/code-sets/urban-rural.ts';
import type { PlainDate } from '../../kernel/rules/plain-date.ts';
import type { Place } from '../../kernel/rules/viewer.ts';

export * from './model/application.ts';
export * from './model/clock.ts';
export * from './model/evidence.ts';
export * from './model/institution-change.ts';
export * from './model/transfer-offer.ts';
export * from './model/graduation.ts';
export * from './model/promotion.ts';
export * from './model/problem-case.ts';
export * from './model/data-export.ts';

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
  /** The last day of a deferral; null where there is none. */
  readonly deferredUntil: PlainDate | null;
  /** The record that goes on in the place of this one, which was a duplicate. */
  readonly mergedInto: string | null;
  /** How many events its history has; the next event's seq is one more. */
  readonly events: number;
  readonly version: number;
}

/**
 * A record as it stood on a day: status, seat, entry and deferral are that day's, read from the history; `events` is how
 * many lines of it count. Who the child is does not depend on the day. The number of a day is in the chain of numbers.
 */
export interface RecordOn extends Omit<Record, 'institutionId' | 'number' | 'mergedInto' | 'version'> {
  readonly asOf: PlainDate;
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

/** What must still be done at a neighbour after a change stands here; repeated until it is done. */
export interface FollowUp {
  readonly id: string;
  readonly recordId: string;
  readonly applicationId: string | null;
  readonly kind: 'MOVE_HOLDER' | 'CORRECT_CHILD';
  /** Sealed, since a correction holds names. */
  readonly facts: FollowUpFacts;
  readonly createdAt: Date;
  readonly doneAt: Date | null;
}
export type FollowUpFacts = { readonly [name: string]: unknown };

/** Why a child leaves before graduating (Measure 1.3: going abroad is leaving with this reason). */
export const LEAVE_REASON = {
  MOVED_ABROAD: { code: null, zh: '出国（境）', en: 'moved abroad' },
  GUARDIANS_WISH: { code: null, zh: '监护人意愿', en: "the guardians' wish" },
  MOVED_AWAY: { code: null, zh: '迁居外地', en: 'moved away' },
  HEALTH: { code: null, zh: '健康原因', en: 'health' },
  OTHER: { code: null, zh: '其他，须说明', en: 'other, with a remark' },
} as const;
export type LeaveReason = keyof typeof LEAVE_REASON;

/** One line of the append-only history. Its seat is where the record was after it. */
export interface RecordEvent extends Omit<Seat, 'institutionId'> {
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
  /** Whose act it was; the receiving kindergarten's, where a transfer is asked for. */
  readonly institutionId: string;
  readonly applicationId: string | null;
  /** Since when the status after it holds; earlier than `at` where an act says so. */
  readonly effectiveOn: PlainDate;
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
  /** 0, and one more each time the ministry's word or a merger gives the number to another record. */
  readonly claim: number;
  /** From 1 within its record; the highest is the current one. */
  readonly seq: number;
  readonly issuedOn: PlainDate;
  /** When another took its place, and why; null while it is current. */
  readonly endedOn: PlainDate | null;
  readonly endReason: NumberEndReason | null;
}

export const NUMBER_END_REASON = {
  ID_PROVEN: {
    code: null,
    zh: '身份证件已核实，转为 G 号',
    en: 'the resident ID was proven; a G number now',
  },
  FORMAL_WITHOUT_ID: {
    code: null,
    zh: '无身份证号，转为 J 号',
    en: 'formal without a resident ID; a J number now',
  },
  DELETED: { code: null, zh: '经教育部批准删除', en: 'deleted by decision of the ministry' },
  MERGED: { code: null, zh: '重复学籍已注销，由保留的学籍承接', en: 'goes on with the record that goes on' },
} as const;
export type NumberEndReason = keyof typeof NUMBER_END_REASON;

/** A change to the counts, appended in the transaction that caused it and folded in afterwards. */
export interface CountDelta extends CountDimensions {
  readonly id: string;
  readonly delta: number;
}
