import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import type { Record, TransferOffer } from '../model.ts';

/** What a county offers: a place in a class of another institution, in its county or beyond. */
export interface NewOffer {
  readonly recordId: string;
  readonly institutionCode: string;
  readonly classId: string;
}

export interface OfferFacts {
  readonly record: Record | null;
  /** Where the child is. */
  readonly sender: { readonly status: string } | null;
  readonly receiver: { readonly status: string } | null;
  /** The institution the class belongs to, and its year. */
  readonly class: { readonly schoolYear: number; readonly institution: { readonly code: string } } | null;
  /** The school year of today. */
  readonly schoolYear: number;
  /** Offers for this record that have not been withdrawn. */
  readonly standing: readonly TransferOffer[];
}

/** May this place be offered? A record of another area looks the same as a missing one. */
export function mayOffer(offer: NewOffer, facts: OfferFacts, viewer: Viewer): UserError[] {
  const { record, sender, receiver, standing, schoolYear } = facts;
  if (!record || !covers(viewer.area, record)) return [userError('NOT_FOUND', ['recordId'])];
  const { status } = record;
  const errors: UserError[] = [];
  if (status !== 'ENROLLED' && status !== 'DEFERRED')
    errors.push(userError('OFFER_NOT_NEEDED', ['recordId'], { status }));
  if (sender?.status !== 'CLOSING')
    errors.push(userError('OFFER_ONLY_WHEN_CLOSING', ['recordId'], { status: sender?.status ?? '?' }));
  const { institutionCode: code } = offer;
  const field = ['institutionCode'];
  if (!receiver) return [...errors, userError('INSTITUTION_UNKNOWN', field, { code })];
  if (code === record.institutionCode) errors.push(userError('TRANSFER_SAME_INSTITUTION', field));
  else if (receiver.status !== 'OPEN')
    errors.push(userError('INSTITUTION_NOT_LAWFUL', field, { status: receiver.status }));
  if (facts.class?.institution.code !== code) errors.push(userError('CLASS_NOT_OF_INSTITUTION', ['classId']));
  else if (facts.class.schoolYear < schoolYear || facts.class.schoolYear > schoolYear + 1) {
    const range = { from: schoolYear, until: schoolYear + 1, got: facts.class.schoolYear };
    errors.push(userError('CLASS_OF_OTHER_YEAR', ['classId'], range));
  }
  if (standing.some(({ institutionCode }) => institutionCode === code))
    errors.push(userError('OFFER_STANDS', field));
  return errors;
}

/** May this offer be taken back, by the county in charge of the record now? Another county's looks the same as none. */
export function mayWithdraw(offer: TransferOffer | null, county: string | null, viewer: Viewer): UserError[] {
  if (!offer || viewer.area.level !== 'COUNTY' || county !== viewer.area.code)
    return [userError('NOT_FOUND')];
  return offer.withdrawnAt === null ? [] : [userError('OFFER_WITHDRAWN')];
}
