import { isRecordNumber, normaliseRecordNumber } from '../../../kernel/rules/record-number.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { TakeOver } from '../model.ts';
import type { Subject } from './offering.ts';

/** A school that has created a record of its own, for want of the preschool record that is found now. */
export interface LateLink {
  readonly number: string;
  readonly bornOn: string;
  /** The number it has given the child. */
  readonly schoolNumber: string;
  /** The first day in primary school; today where left out. */
  readonly admittedOn?: string | null | undefined;
}

interface LinkFacts {
  readonly subject: Subject | null;
  /** The preschool record the school's number belongs to, if there is one. */
  readonly ofSchoolNumber: Subject | null;
  /** The take-over that number is linked by already. */
  readonly linkedBy: TakeOver | null;
}

/** What speaks against the school's number; everything else is as in any claim. */
export function schoolNumberErrors(
  { schoolNumber }: LateLink,
  { subject, ofSchoolNumber, linkedBy }: LinkFacts,
): UserError[] {
  const field = ['schoolNumber'];
  if (!isRecordNumber(normaliseRecordNumber(schoolNumber))) return [userError('SCHOOL_NUMBER_FORM', field)];
  // One that was printed here needs no link: it leads to its record by itself.
  if (ofSchoolNumber) return [userError('SCHOOL_NUMBER_IS_PRESCHOOL', field)];
  return linkedBy && linkedBy.recordId !== subject?.recordId
    ? [userError('SCHOOL_NUMBER_LINKED', field)]
    : [];
}
