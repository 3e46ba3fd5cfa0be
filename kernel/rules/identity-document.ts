/** Identity documents a child may be registered by: which kinds there are and what their numbers must look like. */
import { DOCUMENT_KIND, type DocumentKind } from './code-sets/document-kind.ts';
import { valuesOf } from './code-sets/code-set.ts';
import {
  checkForeignResidentCard,
  checkResidencePermit,
  checkResidentId,
} from './identity-document/checked-number.ts';
import { NUMBER_FIELD, type Holder } from './identity-document/holder.ts';
import {
  checkBirthCertificate,
  checkHkMacauPermit,
  checkPassport,
  checkTaiwanPermit,
} from './identity-document/plain-form.ts';
import { type UserError, userError } from './user-errors.ts';

export { birthDateOf, sexOf } from './identity-document/checked-number.ts';
export { hasMod11Check, mod11Check } from './identity-document/mod11.ts';
export type { DocumentKind } from './code-sets/document-kind.ts';

export const DOCUMENT_KINDS: readonly DocumentKind[] = valuesOf(DOCUMENT_KIND);

export interface DocumentFacts extends Holder {
  readonly kind: DocumentKind;
  readonly number?: string | null | undefined;
}

type Check = (number: string, holder: Holder) => UserError[];

const CHECK_OF_KIND: Readonly<Record<Exclude<DocumentKind, 'NONE'>, Check>> = {
  RESIDENT_ID: checkResidentId,
  RESIDENCE_PERMIT_HMT: checkResidencePermit,
  FOREIGN_PERMANENT_RESIDENT_ID: checkForeignResidentCard,
  MAINLAND_TRAVEL_PERMIT_HK_MACAU: checkHkMacauPermit,
  MAINLAND_TRAVEL_PERMIT_TAIWAN: checkTaiwanPermit,
  PASSPORT: checkPassport,
  BIRTH_CERTIFICATE: checkBirthCertificate,
};

const ENDS_IN_CHECK_CHARACTER: readonly DocumentKind[] = [
  'RESIDENT_ID',
  'RESIDENCE_PERMIT_HMT',
  'FOREIGN_PERMANENT_RESIDENT_ID',
];

/**
 * Everything wrong with a document's number, after normalising it. Fields are relative to the child:
 * `documentNumber`, or `bornOn` and `sex` where the number disagrees with them.
 * Errors: DOCUMENT_NUMBER_REQUIRED, DOCUMENT_NUMBER_UNEXPECTED, DOCUMENT_LENGTH_WRONG, DOCUMENT_FORM_WRONG,
 * ID_REGION_WRONG, ID_CHECKSUM_WRONG, ID_DATE_IMPOSSIBLE, ID_BIRTH_DATE_MISMATCH, ID_SEX_MISMATCH.
 */
export function checkDocument({ kind, number, bornOn, sex }: DocumentFacts): UserError[] {
  const normal = normalise(kind, number);
  if (kind === 'NONE') return normal === null ? [] : [userError('DOCUMENT_NUMBER_UNEXPECTED', NUMBER_FIELD)];
  if (normal === null) return [userError('DOCUMENT_NUMBER_REQUIRED', NUMBER_FIELD)];
  return CHECK_OF_KIND[kind](normal, { bornOn, sex });
}

/** The number as it is stored and compared: half width, capitals, no spaces; null when nothing remains. */
export function normalise(kind: DocumentKind, number: string | null | undefined): string | null {
  const plain = (number ?? '')
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]/gu, '')
    .toUpperCase();
  // Chinese keyboards offer the multiplication sign where the card shows an X.
  const normal = ENDS_IN_CHECK_CHARACTER.includes(kind) ? plain.replace(/×$/u, 'X') : plain;
  return normal === '' ? null : normal;
}

/**
 * Warns, never refuses: ID_REGION_UNKNOWN when a resident ID begins with a region in no present or past list.
 * The list of the past is short, and the region is that of the first registration.
 */
export function checkDocumentRegion(
  { kind, number }: Pick<DocumentFacts, 'kind' | 'number'>,
  isKnownRegion: (code: string) => boolean,
): UserError[] {
  const normal = normalise(kind, number);
  if (kind !== 'RESIDENT_ID' || normal === null || isKnownRegion(normal.slice(0, 6))) return [];
  return [userError('ID_REGION_UNKNOWN', NUMBER_FIELD)];
}
