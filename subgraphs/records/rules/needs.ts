import type { ClassLevel } from '../../../kernel/rules/code-sets/class-level.ts';
import type { Sex } from '../../../kernel/rules/code-sets/sex.ts';
import { ageOn, compare, isPlainDate, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';

/** What a decision may look at. Gathered beforehand; a part nobody needs for the act may be absent. */
export interface Facts {
  readonly today: PlainDate;
  readonly account: string;
  readonly institution?: InstitutionFacts | null;
  readonly class?: ClassFacts | null;
  readonly child?: ChildFacts | null;
  readonly enteredOn?: PlainDate;
  readonly submittedBy?: string;
  readonly reason?: string | null;
  /** The number to issue belongs to another record. */
  readonly numberTaken?: boolean;
  readonly presentClassId?: string;
  readonly movedOn?: PlainDate;
  readonly stayFrom?: PlainDate;
}

export interface InstitutionFacts {
  readonly id: string;
  readonly code: string;
  readonly status: string;
}

export interface ClassFacts {
  readonly id: string;
  readonly level: ClassLevel;
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
  | 'CHILD_KNOWN'
  | 'ENTRY_DATE_PAST'
  | 'OF_AGE'
  | 'OTHER_ACCOUNT'
  | 'REASON'
  | 'REASON_FITS'
  | 'NUMBER_FREE'
  | 'OTHER_CLASS'
  | 'MOVE_DATE_IN_STAY';

const REASON_MAX = 200;

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
  OTHER_ACCOUNT: ({ account, submittedBy }) => (account === submittedBy ? userError('SAME_ACCOUNT') : null),
  REASON: ({ reason }) => ((reason ?? '').trim() === '' ? userError('REASON_REQUIRED', ['reason']) : null),
  REASON_FITS: ({ reason }) => {
    const got = [...(reason ?? '').trim()].length;
    return got > REASON_MAX ? userError('TOO_LONG', ['reason'], { max: REASON_MAX, got }) : null;
  },
  NUMBER_FREE: ({ numberTaken }) => (numberTaken ? userError('NUMBER_TAKEN') : null),
  OTHER_CLASS: (facts) =>
    facts.class && facts.class.id === facts.presentClassId ? userError('CLASS_SAME', ['classId']) : null,
  MOVE_DATE_IN_STAY: ({ movedOn, stayFrom, today }) => {
    if (movedOn === undefined || !isPlainDate(movedOn)) return userError('DATE_IMPOSSIBLE', ['on']);
    const inStay = stayFrom !== undefined && compare(movedOn, stayFrom) >= 0 && compare(movedOn, today) <= 0;
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
