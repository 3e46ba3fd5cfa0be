import type { Place } from '../../../kernel/rules/viewer.ts';

/** How a pupil stands in the K-12 roster. */
export const ROSTER_STATUS = {
  ACTIVE: { code: null, zh: '在读', en: 'a pupil of the school' },
  TRANSFERRED: { code: null, zh: '转出至另一所学校', en: 'goes on at another school' },
  INACTIVE: { code: null, zh: '不在读或不在花名册', en: 'not a pupil, or not on the roster at all' },
} as const;
export type RosterStatus = keyof typeof ROSTER_STATUS;

export const ROSTER_OUTCOME = {
  AGREES: { code: null, zh: '一致', en: 'both sides say the same' },
  DIFFERS: { code: null, zh: '有差异', en: 'the two sides differ' },
  NO_PRESCHOOL_RECORD: {
    code: null,
    zh: '没有学前学籍',
    en: 'there is no preschool record this row fits',
  },
} as const;
export type RosterOutcome = keyof typeof ROSTER_OUTCOME;

/** What a comparison finds. All but the last open a problem case. */
export const ROSTER_DIFFERENCE = {
  ACTIVE_ON_BOTH_SIDES: { code: null, zh: '两边在籍', en: 'active here and in the school at once' },
  ACTIVE_ON_NEITHER: { code: null, zh: '两边均无在籍', en: 'active neither here nor in the school' },
  NAME_DIFFERS: { code: null, zh: '姓名不符', en: 'the school has another name' },
  SEX_DIFFERS: { code: null, zh: '性别不符', en: 'the school has another sex' },
  DATE_DIFFERS: { code: null, zh: '出生日期不符', en: 'the school has another birth date' },
  NUMBER_DIFFERS: {
    code: null,
    zh: '学籍号不符',
    en: 'the number is not this pupil’s: its record is another child’s, or another record is this child’s',
  },
  NOT_TAKEN_OVER: {
    code: null,
    zh: '尚未接续，不立案',
    en: 'the school has the pupil and has not taken the record over yet; opens no case',
  },
} as const;
export type RosterDifference = keyof typeof ROSTER_DIFFERENCE;
export type ReportedDifference = Exclude<RosterDifference, 'NOT_TAKEN_OVER'>;

/** A fault found here, on its way to records, where it becomes a problem case; told until it has been taken. */
export interface CaseReport extends Place {
  readonly id: string;
  /** The same for every report of the same fault. */
  readonly sourceKey: string;
  readonly kind: ReportedDifference | 'TAKE_OVER_CONFLICT';
  readonly recordId: string;
  readonly childId: string;
  /** For whoever handles the case; sealed, since it is about a child. */
  readonly statement: string;
  readonly createdAt: Date;
  readonly deliveredAt: Date | null;
  readonly problemCaseId: string | null;
  /** The code records refused it with, where it did. */
  readonly refusal: string | null;
}
