import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import type { PrimarySchool, TakeOver } from '../model.ts';
import { schoolErrors } from './schools.ts';
import { HOLDS } from './take-over.ts';

/** A kindergarten or county names a record and a school; a school names a number and the birth date that must fit. */
export interface NewTakeOver {
  readonly recordId?: string | null;
  readonly schoolCode?: string | null;
  readonly number?: string | null;
  readonly bornOn?: string | null;
}

/** A record as the records subgraph tells it. */
export interface Subject {
  readonly recordId: string;
  readonly childId: string;
  readonly number: string;
  readonly status: string;
  readonly bornOn: string;
  readonly sex: string;
  readonly enteredOn: string;
  readonly institutionCode: string;
  readonly provinceCode: string;
  readonly cityCode: string | null;
  readonly countyCode: string;
  /** Why it could not be promoted now. */
  readonly userErrors: readonly UserError[];
}

/** What an offer comes to. */
export type Offering =
  | { readonly is: 'REFUSED'; readonly userErrors: readonly UserError[] }
  /** It stands already: who asks twice is told of the one there is. */
  | { readonly is: 'STANDING'; readonly takeOver: TakeOver }
  | { readonly is: 'ACCEPTED'; readonly takeOver: TakeOver }
  | { readonly is: 'NEW'; readonly state: 'OFFERED' | 'ACCEPTED'; readonly instead: TakeOver | null }
  | { readonly is: 'DISPUTED'; readonly against: TakeOver };

interface OfferFacts {
  readonly subject: Subject | null;
  readonly school: PrimarySchool | null;
  /** Take-overs of the record that stand, disputed ones included. */
  readonly standing: readonly TakeOver[];
}

const refused = (...userErrors: UserError[]): Offering => ({ is: 'REFUSED', userErrors });

/** What a kindergarten or county offers to a school. Once another school has accepted, nothing is offered any more. */
export function offered(
  viewer: Viewer,
  item: NewTakeOver,
  { subject, school, standing }: OfferFacts,
): Offering {
  if (!subject || !covers(viewer.area, subject)) return refused(userError('NOT_FOUND', ['recordId']));
  const code = item.schoolCode ?? '';
  const errors = schoolErrors(code, school, 'schoolCode');
  if (errors.length > 0) return refused(...errors);
  const same = standing.find(({ schoolCode }) => schoolCode === code);
  if (same) return { is: 'STANDING', takeOver: same };
  const other = standing.find(({ state }) => HOLDS.includes(state));
  if (other)
    return refused(userError(other.state === 'OFFERED' ? 'TAKE_OVER_OFFERED' : 'TAKE_OVER_ELSEWHERE'));
  return subject.userErrors.length > 0
    ? refused(...subject.userErrors)
    : { is: 'NEW', state: 'OFFERED', instead: null };
}

/**
 * What a school claims whose child has come to it. An offer that nobody has answered gives way, since a child goes where
 * it goes; a school that has accepted does not, and then both claims are kept.
 */
export function claimed(code: string, { subject, school, standing }: OfferFacts): Offering {
  const errors = schoolErrors(code, school, 'schoolCode');
  if (errors.length > 0) return refused(...errors);
  if (!subject) return refused(userError('NO_PRESCHOOL_RECORD', ['number']));
  const own = standing.find(({ schoolCode }) => schoolCode === code);
  const other = standing.find((one) => one !== own && HOLDS.includes(one.state)) ?? null;
  if (own && (own.state !== 'OFFERED' || own.pending !== null)) return { is: 'STANDING', takeOver: own };
  if (other && other.state !== 'OFFERED') return { is: 'DISPUTED', against: other };
  if (subject.userErrors.length > 0) return refused(...subject.userErrors);
  return own ? { is: 'ACCEPTED', takeOver: own } : { is: 'NEW', state: 'ACCEPTED', instead: other };
}
