import { addDays, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import { schoolYearEnd } from '../../../kernel/rules/school-year.ts';
import { under, userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { RecordStatus } from '../model.ts';
import type { Facts } from './facts.ts';
import { statusErrors } from './lifecycle.ts';
import { unmet, type Need } from './needs.ts';
import { isBlank, textErrors } from './needs/text.ts';
import type { ProvinceSettings } from './settings.ts';

/** School years a graduation can be of; anything else is a slip of the pen. */
export const SCHOOL_YEARS = { from: 2015, until: 2999 } as const;

export const isSchoolYear = (year: number): boolean =>
  year >= SCHOOL_YEARS.from && year <= SCHOOL_YEARS.until;

/** As many children as one graduation may have. */
export const GRADUATES_MOST = 1000;

/** The last day of a school year's term, as the province has it. */
export const termEndsOn = (
  schoolYear: number,
  { termEndsDaysEarly }: Pick<ProvinceSettings, 'termEndsDaysEarly'>,
): PlainDate => addDays(schoolYearEnd(schoolYear), -termEndsDaysEarly);

/** What keeps a child off the list; a day comes only with the act itself. */
const LISTING: readonly Need[] = ['NOTHING_UNDECIDED', 'CLASS_OF_ENDING_YEAR', 'LAST_YEAR'];

/** Why this child would not graduate at the end of the year; empty when it would. */
export function listingErrors(status: RecordStatus, facts: Facts): UserError[] {
  const closed = statusErrors('graduate', status);
  return closed.length > 0 ? closed : unmet(LISTING, facts);
}

/** A child the kindergarten leaves out, and why. */
export interface Exclusion {
  readonly recordId: string;
  readonly reason: string;
}

/** What is wrong with the exclusions, each at its place; only who would graduate can be left out, and once. */
export function exclusionErrors(exclusions: readonly Exclusion[], listed: ReadonlySet<string>): UserError[] {
  if (exclusions.length > GRADUATES_MOST) {
    const facts = { max: GRADUATES_MOST, got: exclusions.length };
    return [userError('TOO_MANY_ITEMS', ['exclude'], facts)];
  }
  const left = new Set(listed);
  return exclusions.flatMap(({ recordId, reason }, i) => {
    const unknown = left.delete(recordId) ? [] : [userError('GRADUATION_NOT_LISTED', ['recordId'])];
    return under(['exclude', String(i)], [...unknown, ...reasonErrors(reason)]);
  });
}

function reasonErrors(reason: string): UserError[] {
  if (isBlank(reason)) return [userError('REASON_REQUIRED', ['reason'])];
  return textErrors(reason, 'reason');
}
