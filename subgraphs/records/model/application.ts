import type { DocumentKind } from '../../../kernel/rules/code-sets/document-kind.ts';
import type { Sex } from '../../../kernel/rules/code-sets/sex.ts';
import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { UserError } from '../../../kernel/rules/user-errors.ts';
import type { Area, AreaLevel } from '../../../kernel/rules/viewer.ts';
import type { RecordStatus, Seat } from '../model.ts';
import type { Clock } from './clock.ts';
import type { Evidence } from './evidence.ts';

export const APPLICATION_KIND = {
  ENROLMENT: { code: null, zh: '建籍', en: 'enrolment' },
  TRANSFER: { code: null, zh: '转园', en: 'transfer to another kindergarten' },
  DEFERRAL: { code: null, zh: '缓学留园', en: 'deferred entry to primary school' },
  CORRECTION: { code: null, zh: '关键信息变更', en: 'correction of key information' },
  CANCELLATION: { code: null, zh: '注销', en: 'cancellation' },
  REINSTATEMENT: { code: null, zh: '恢复', en: 'reinstatement' },
  NUMBER_DELETION: { code: null, zh: '删除正式学籍号', en: 'deletion of a G number' },
} as const;
export type ApplicationKind = keyof typeof APPLICATION_KIND;

export const APPLICATION_STATE = {
  SUBMITTED: { code: null, zh: '已提交', en: 'submitted, the county decides' },
  RETURNED: { code: null, zh: '已退回', en: 'returned, the kindergarten completes it' },
  APPROVED: { code: null, zh: '已核准', en: 'approved' },
  REFUSED: { code: null, zh: '不予核准', en: 'refused' },
  WITHDRAWN: { code: null, zh: '已撤回', en: 'withdrawn by the kindergarten' },
} as const;
export type ApplicationState = keyof typeof APPLICATION_STATE;

/** What whoever holds an application has to do with it. */
export const APPLICATION_TASK = {
  ANSWER: {
    code: null,
    zh: '幼儿园答复：转出园，或问题学籍所在园',
    en: 'a kindergarten answers: the sending one, or the one with a suspected record',
  },
  RELEASE: { code: null, zh: '转出地核办', en: 'the authority of the sending kindergarten consents' },
  DECIDE: { code: null, zh: '核准或裁定', en: 'an authority decides, or arbitrates' },
  COMPLETE: {
    code: null,
    zh: '补正，或执行裁定',
    en: 'the applicant completes what was returned; what a ruling ordered is done',
  },
} as const;
export type ApplicationTask = keyof typeof APPLICATION_TASK;

/** How a step ended. */
export const STEP_OUTCOME = {
  AGREED: { code: null, zh: '同意', en: 'agreed' },
  OBJECTED: { code: null, zh: '异议', en: 'objected' },
  RELEASED: { code: null, zh: '同意转出', en: 'consented' },
  RETURNED: { code: null, zh: '退回', en: 'returned' },
  RESUBMITTED: { code: null, zh: '重新提交', en: 'submitted again' },
  APPROVED: { code: null, zh: '核准', en: 'approved' },
  REFUSED: { code: null, zh: '不予核准', en: 'refused' },
  WITHDRAWN: { code: null, zh: '撤回', en: 'withdrawn by the applicant' },
  ANSWERED: { code: null, zh: '已答复', en: 'answered, by the kindergarten with a suspected record' },
  REFERRED: { code: null, zh: '报上级', en: 'referred to the authority above' },
  RULED: { code: null, zh: '已裁定', en: 'ruled on' },
  CARRIED_OUT: { code: null, zh: '已执行', en: 'what was ordered has been done' },
  CLIMBED: { code: null, zh: '逾期上移', en: 'let the day pass; somebody else has it now' },
  REASSIGNED: { code: null, zh: '机构变动移交', en: 'handed on because the institution changed' },
} as const;
export type StepOutcome = keyof typeof STEP_OUTCOME;

/** Grounds on which a sending kindergarten may object; nothing else holds a child back (Measure 1.4). */
export const OBJECTION_GROUND = {
  NOT_THE_GUARDIANS_WISH: { code: null, zh: '非监护人本人申请', en: 'the guardians did not apply' },
  WRONG_CHILD: { code: null, zh: '所指儿童有误', en: 'the record is of another child' },
  CUSTODY_DISPUTED: { code: null, zh: '监护权有争议', en: 'custody is disputed' },
  PROTECTION_ORDER: { code: null, zh: '保护令', en: 'a protection order' },
} as const;
export type ObjectionGround = keyof typeof OBJECTION_GROUND;

export const CANCELLATION_REASON = {
  DEATH: { code: null, zh: '死亡', en: 'the child has died' },
  PROVEN_DUPLICATE: { code: null, zh: '证实重复', en: 'proven to be a duplicate of another record' },
  RULED: { code: null, zh: '裁定须注销', en: 'ordered by the ruling on a problem case' },
} as const;
export type CancellationReason = keyof typeof CANCELLATION_REASON;

/** What a correction asks for; null is unchanged. Kind and number together replace the document. */
export interface KeyChanges {
  readonly name: string | null;
  readonly sex: Sex | null;
  readonly bornOn: PlainDate | null;
  readonly documentKind: DocumentKind | null;
  readonly documentNumber: string | null;
}

/** What only some kinds of application say; sealed, since a correction holds names. */
export interface ApplicationDetails {
  /** Accounts that submitted it before the one that did last; none of them decides it. */
  readonly submittedBefore?: readonly string[];
  /** How the sending kindergarten answered a transfer; SILENT when its days passed. */
  readonly answer?: 'AGREED' | 'OBJECTED' | 'SILENT';
  readonly objection?: { readonly ground: ObjectionGround; readonly remark: string | null };
  /** Both counties decide this transfer, by the setting of a province when it was asked for. */
  readonly bothCounties?: boolean;
  /** What a correction shall make of the child. */
  readonly changes?: KeyChanges;
  /** The last day of a deferral that is asked for. */
  readonly until?: PlainDate;
  /** Why a record shall be cancelled, and which one goes on where it is a duplicate. */
  readonly cancellation?: { readonly reason: CancellationReason; readonly duplicateOf: string | null };
  /** What the applicant says in its own words. */
  readonly statement?: string;
  /** Who returned it, and gets it back. */
  readonly returnedBy?: { readonly task: ApplicationTask; readonly level: AreaLevel; readonly code: string };
}

/** Where a child comes from, when an application takes it elsewhere; all null where it does not. */
export interface FromPlace {
  readonly fromInstitutionCode: string | null;
  readonly fromProvinceCode: string | null;
  readonly fromCityCode: string | null;
  readonly fromCountyCode: string | null;
}

/** A change that somebody else must decide. Its seat is where the child is, or wants to go. */
export interface Application extends Seat, Clock, FromPlace {
  readonly id: string;
  readonly recordId: string;
  readonly kind: ApplicationKind;
  readonly state: ApplicationState;
  /** Who applied: a kindergarten, or a province for a number. */
  readonly applicantLevel: AreaLevel;
  readonly applicantCode: string;
  /** What is to be done next and whose turn it is; null once it is decided. `dueOn` is that step's. */
  readonly task: ApplicationTask | null;
  readonly holderLevel: AreaLevel | null;
  readonly holderCode: string | null;
  /** How many steps there have been. */
  readonly steps: number;
  /** The record's status before; refusal and withdrawal lead back to it. Null where there was no record. */
  readonly statusBefore: RecordStatus | null;
  readonly evidence: readonly Evidence[];
  readonly details: ApplicationDetails | null;
  /** The day it takes effect: of the entry, the first day at the new kindergarten. */
  readonly enteredOn: PlainDate;
  readonly submittedAt: Date;
  readonly submittedBy: string;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly reason: string | null;
  readonly warnings: readonly UserError[];
  readonly version: number;
}

/** One turn of one holder, over an application or a problem case. The time between is charged to that holder. */
export interface ApplicationStep {
  readonly applicationId: string;
  readonly seq: number;
  readonly task: ApplicationTask;
  readonly holderLevel: AreaLevel;
  readonly holderCode: string;
  /** Where the holder is; what is below its level is null. */
  readonly provinceCode: string | null;
  readonly cityCode: string | null;
  readonly countyCode: string | null;
  readonly institutionCode: string | null;
  readonly begunOn: PlainDate;
  readonly dueOn: PlainDate;
  readonly endedAt: Date | null;
  readonly endedOn: PlainDate | null;
  readonly outcome: StepOutcome | null;
  /** Who ended it; null while it is open. */
  readonly account: string | null;
}

/** Whose turn it is. */
export const holderOf = ({
  holderLevel,
  holderCode,
}: Pick<Application, 'holderLevel' | 'holderCode'>): Area | null =>
  holderLevel === null ? null : { level: holderLevel, code: holderCode! };
