import type { ClassLevel } from '../../../kernel/rules/code-sets/class-level.ts';
import type { Sex } from '../../../kernel/rules/code-sets/sex.ts';
import { ageOn, compare, isPlainDate, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import { schoolYearOf } from '../../../kernel/rules/school-year.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { Role } from '../../../kernel/rules/viewer.ts';
import type { LeaveReason } from '../model.ts';

/** What a decision may look at. Gathered beforehand; a part nobody needs for the act may be absent. */
export interface Facts {
  readonly today: PlainDate;
  readonly account: string;
  readonly role: Role;
  readonly institution?: InstitutionFacts | null;
  readonly class?: ClassFacts | null;
  readonly child?: ChildFacts | null;
  readonly enteredOn?: PlainDate;
  readonly submittedBy?: string;
  readonly reason?: string | null;
  /** The number to issue belongs to another record. */
  readonly numberTaken?: boolean;
  readonly presentClassId?: string;
  /** The day something changes within the open stay, and that stay's first day. */
  readonly on?: PlainDate;
  readonly stayFrom?: PlainDate;
  /** The first day after the last stay that has ended. */
  readonly leftOn?: PlainDate;
  readonly leaveReason?: LeaveReason;
  readonly remark?: string | null;
}

export interface InstitutionFacts {
  readonly id: string;
  readonly code: string;
  readonly status: string;
}

export interface ClassFacts {
  readonly id: string;
  readonly level: ClassLevel;
  readonly schoolYear: number;
  readonly sizeLimit: number;
  readonly institutionId: string;
  /** Children in it and on their way into it. */
  readonly taken: number;
}

export interface ChildFacts {
  readonly id: string;
  readonly bornOn: PlainDate;
  readonly sex: Sex;
  /** Other children with the same name, sex and birth date. */
  readonly likeChildren: number;
}

export type Need =
  | 'LAWFUL_INSTITUTION'
  | 'CLASS_OF_INSTITUTION'
  | 'CLASS_OF_YEAR'
  | 'CHILD_KNOWN'
  | 'ENTRY_DATE_PAST'
  | 'OF_AGE'
  | 'AFTER_LAST_STAY'
  | 'OTHER_ACCOUNT'
  | 'REASON'
  | 'REASON_FITS'
  | 'REMARK'
  | 'NUMBER_FREE'
  | 'OTHER_CLASS'
  | 'DATE_IN_STAY';

const TEXT_MAX = 200;

const isBlank = (text: string | null | undefined) => (text ?? '').trim() === '';

function tooLong(text: string | null | undefined, field: string): UserError | null {
  const got = [...(text ?? '').trim()].length;
  return got > TEXT_MAX ? userError('TOO_LONG', [field], { max: TEXT_MAX, got }) : null;
}

/** Every need is one row: what must hold, and the refusal when it does not. */
export const NEEDS: Readonly<Record<Need, (facts: Facts) => UserError | null>> = {
  LAWFUL_INSTITUTION: ({ institution }) => {
    if (!institution) return userError('INSTITUTION_UNKNOWN', ['institutionCode'], { code: '' });
    const { status } = institution;
    return status === 'OPEN' ? null : userError('INSTITUTION_NOT_LAWFUL', ['institutionCode'], { status });
  },
  CLASS_OF_INSTITUTION: (facts) =>
    facts.class && facts.institution && facts.class.institutionId === facts.institution.id
      ? null
      : userError('CLASS_NOT_OF_INSTITUTION', ['classId']),
  // A record may be made up for long after the entry, so a later year's class fits; a past year's never does.
  CLASS_OF_YEAR: ({ today, enteredOn, on, ...facts }) => {
    const day = on ?? enteredOn;
    if (!facts.class || day === undefined || !isPlainDate(day)) return null;
    const [from, until] = [schoolYearOf(day), schoolYearOf(today) + 1];
    const { schoolYear } = facts.class;
    return schoolYear >= from && schoolYear <= until
      ? null
      : userError('CLASS_OF_OTHER_YEAR', ['classId'], { from, until, got: schoolYear });
  },
  CHILD_KNOWN: ({ child }) => (child ? null : userError('CHILD_UNKNOWN', ['childId'])),
  ENTRY_DATE_PAST: ({ enteredOn, today }) => {
    if (enteredOn === undefined || !isPlainDate(enteredOn))
      return userError('DATE_IMPOSSIBLE', ['enteredOn']);
    return compare(enteredOn, today) > 0 ? userError('ENTRY_DATE_FUTURE', ['enteredOn']) : null;
  },
  OF_AGE: ({ child, enteredOn, ...facts }) => {
    if (!child || enteredOn === undefined || !isPlainDate(enteredOn)) return null;
    const age = ageOn(child.bornOn, enteredOn);
    return age >= (facts.class?.level === 'NURSERY' ? 2 : 3)
      ? null
      : userError('TOO_YOUNG', ['enteredOn'], { age });
  },
  // Two stays must not share a day, or that day's counts would hold the child twice.
  AFTER_LAST_STAY: ({ enteredOn, leftOn }) =>
    enteredOn !== undefined &&
    isPlainDate(enteredOn) &&
    leftOn !== undefined &&
    compare(enteredOn, leftOn) < 0
      ? userError('ENTRY_BEFORE_LEAVING', ['enteredOn'], { leftOn })
      : null,
  OTHER_ACCOUNT: ({ account, submittedBy }) => (account === submittedBy ? userError('SAME_ACCOUNT') : null),
  REASON: ({ reason }) => (isBlank(reason) ? userError('REASON_REQUIRED', ['reason']) : null),
  REASON_FITS: ({ reason }) => tooLong(reason, 'reason'),
  REMARK: ({ leaveReason, remark }) =>
    leaveReason === 'OTHER' && isBlank(remark)
      ? userError('REMARK_REQUIRED', ['remark'])
      : tooLong(remark, 'remark'),
  NUMBER_FREE: ({ numberTaken }) => (numberTaken ? userError('NUMBER_TAKEN') : null),
  OTHER_CLASS: (facts) =>
    facts.class && facts.class.id === facts.presentClassId ? userError('CLASS_SAME', ['classId']) : null,
  DATE_IN_STAY: ({ on, stayFrom, today }) => {
    if (on === undefined || !isPlainDate(on)) return userError('DATE_IMPOSSIBLE', ['on']);
    const inStay = stayFrom !== undefined && compare(on, stayFrom) >= 0 && compare(on, today) <= 0;
    return inStay ? null : userError('DATE_OUTSIDE_STAY', ['on'], { from: stayFrom ?? '–', until: today });
  },
};

/** Every unmet need of the list, in its order. */
export function unmet(needs: readonly Need[], facts: Facts): UserError[] {
  return needs.map((need) => NEEDS[need](facts)).filter((error) => error !== null);
}

/** A child reaches school age at 6; deferral and late entry exist, so it is only pointed out. */
const SCHOOL_AGE = 6;

/** What is let through but shown to both clerks; `dueOn` is the last day on which the record is in time. */
export function enrolmentWarnings(
  { child, enteredOn, today, ...facts }: Facts,
  dueOn: PlainDate,
): UserError[] {
  if (!child || enteredOn === undefined) return [];
  const warnings: UserError[] = [];
  if (ageOn(child.bornOn, enteredOn) >= SCHOOL_AGE) warnings.push(userError('SCHOOL_AGE', ['enteredOn']));
  if (compare(today, dueOn) > 0) warnings.push(userError('ENTRY_TOO_LATE', ['enteredOn']));
  if (facts.class && facts.class.taken >= facts.class.sizeLimit) {
    const { sizeLimit, taken } = facts.class;
    warnings.push(userError('CLASS_FULL', ['classId'], { limit: sizeLimit, count: taken }));
  }
  if (child.likeChildren > 0)
    warnings.push(userError('POSSIBLE_DUPLICATE', ['childId'], { count: child.likeChildren }));
  return warnings;
}
