import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { AreaLevel } from '../../../kernel/rules/viewer.ts';
import type { Clock } from './clock.ts';
import type { Evidence } from './evidence.ts';

/** What is suspected of a record: the kinds of practice, the Measure's own, and what a comparison with primary schools finds. */
export const PROBLEM_KIND = {
  ID_DUPLICATE: { code: null, zh: '身份证号重复', en: 'two records claim one resident ID' },
  ID_NOT_FOUND: { code: null, zh: '身份证号不存在', en: 'the resident ID is unknown to the population base' },
  ID_NAME_MISMATCH: { code: null, zh: '身份证号与姓名不符', en: 'the resident ID belongs to another name' },
  ID_CHANGED: { code: null, zh: '身份证号已变更', en: 'the resident ID has changed since' },
  CHECKSUM: { code: null, zh: '身份证号校验不通过', en: 'the resident ID fails its check character' },
  NAME_SEX_BIRTH_DUPLICATE: {
    code: null,
    zh: '姓名、性别、出生日期重复',
    en: 'another record has the same name, sex and birth date',
  },
  FALSE: { code: null, zh: '虚假学籍', en: 'false information' },
  EMPTY: { code: null, zh: '空挂学籍', en: 'a record without a child in kindergarten' },
  PERSON_RECORD_MISMATCH: { code: null, zh: '人籍不一致', en: 'child and record are apart' },
  ACTIVE_ON_BOTH_SIDES: {
    code: null,
    zh: '学前与中小学两边在籍',
    en: 'active here and in a primary school at once',
  },
  ACTIVE_ON_NEITHER: { code: null, zh: '两边均无在籍', en: 'active neither here nor in a primary school' },
  TAKE_OVER_CONFLICT: { code: null, zh: '升学接续冲突', en: 'two primary schools claim one record' },
  NAME_DIFFERS: { code: null, zh: '姓名与中小学登记不符', en: 'a primary school has another name' },
  SEX_DIFFERS: { code: null, zh: '性别与中小学登记不符', en: 'a primary school has another sex' },
  DATE_DIFFERS: {
    code: null,
    zh: '出生日期与中小学登记不符',
    en: 'a primary school has another birth date',
  },
  NUMBER_DIFFERS: { code: null, zh: '学籍号与中小学登记不符', en: 'a primary school has another number' },
} as const;
export type ProblemKind = keyof typeof PROBLEM_KIND;

export const PROBLEM_STATE = {
  OPEN: { code: null, zh: '处理中', en: 'being answered, arbitrated, or done as it was ruled' },
  RESOLVED: { code: null, zh: '已办结', en: 'an authority has ruled, and what it ordered has been done' },
} as const;
export type ProblemState = keyof typeof PROBLEM_STATE;

/** How a kindergarten answers (practice 2.4). What it promises it does by the acts there are. */
export const PROBLEM_ANSWER = {
  EVIDENCE: { code: null, zh: '佐证', en: 'the record is right, and this proves it' },
  CORRECTION: { code: null, zh: '变更', en: 'it will be corrected, by an application of its own' },
  WITHDRAWAL: { code: null, zh: '删除', en: 'it will be cancelled, by an application of its own' },
} as const;
export type ProblemAnswer = keyof typeof PROBLEM_ANSWER;

export const PROBLEM_RULING = {
  NO_FAULT: { code: null, zh: '学籍无误', en: 'the record stands as it is' },
  CORRECT: { code: null, zh: '须变更', en: 'its key information must be corrected' },
  CANCEL: { code: null, zh: '须注销', en: 'it must be cancelled' },
  NUMBER_TO_OTHER: { code: null, zh: '学籍号归另一方', en: 'its G number is the other record’s' },
  REFERRED: { code: null, zh: '报上级裁定', en: 'referred to the authority above' },
} as const;
export type ProblemRuling = keyof typeof PROBLEM_RULING;

/** What somebody says about a case, and the papers that show it; sealed, since it is about a child. */
export interface ProblemWords {
  readonly statement: string | null;
  readonly evidence: readonly Evidence[];
}

export interface ProblemAnswered extends ProblemWords {
  readonly answer: ProblemAnswer;
  readonly account: string;
  readonly on: PlainDate;
}

export type ProblemTask = 'ANSWER' | 'DECIDE' | 'COMPLETE';

/**
 * A suspected fault of a record. Whose turn it is follows the record: only the level is kept, the code is that of the place
 * the record is in now.
 */
export interface ProblemCase extends Clock {
  readonly id: string;
  readonly kind: ProblemKind;
  readonly recordId: string;
  /** The record beside it, where two are apart; its county sees the case too. */
  readonly otherRecordId: string | null;
  /** What tells two reports of one fault apart from two faults: unique, and null where a clerk opened it. */
  readonly sourceKey: string | null;
  readonly state: ProblemState;
  /** COMPLETE: what was ordered is to be asked for and decided. */
  readonly task: ProblemTask | null;
  readonly holderLevel: AreaLevel | null;
  readonly steps: number;
  readonly openedAt: Date;
  readonly openedBy: string;
  readonly opened: ProblemWords;
  readonly answered: ProblemAnswered | null;
  readonly ruling: ProblemRuling | null;
  readonly reason: string | null;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly version: number;
}
