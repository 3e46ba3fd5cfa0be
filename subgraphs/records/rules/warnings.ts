import { ageOn, compare, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { Facts } from './facts.ts';
import { schoolAgeIn } from './school-age.ts';

/** What is let through but shown to both clerks; `dueOn` is the last day on which the record is in time. */
export function enrolmentWarnings(facts: Facts, dueOn: PlainDate): UserError[] {
  const { child, enteredOn, today } = facts;
  if (!child || enteredOn === undefined) return [];
  const warnings: UserError[] = [];
  // Deferral and late entry exist, so it is only pointed out.
  if (ageOn(child.bornOn, enteredOn) >= schoolAgeIn(null, enteredOn))
    warnings.push(userError('SCHOOL_AGE', ['enteredOn']));
  if (compare(today, dueOn) > 0) warnings.push(userError('ENTRY_TOO_LATE', ['enteredOn']));
  warnings.push(...seatWarnings(facts));
  if (child.likeChildren > 0)
    warnings.push(userError('POSSIBLE_DUPLICATE', ['childId'], { count: child.likeChildren }));
  return warnings;
}

/** A class that is full takes one more, and everybody is told. */
export function seatWarnings(facts: Facts): UserError[] {
  if (!facts.class || facts.class.taken < facts.class.sizeLimit) return [];
  const { sizeLimit, taken } = facts.class;
  return [userError('CLASS_FULL', ['classId'], { limit: sizeLimit, count: taken })];
}
