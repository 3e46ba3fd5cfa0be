/** Numbers of 18 characters with a MOD 11-2 check: resident ID, residence permit, permanent residence card of 2023. */
import type { Sex } from '../code-sets/sex.ts';
import { isPlainDate, type PlainDate } from '../plain-date.ts';
import { type UserError, userError } from '../user-errors.ts';
import { NUMBER_FIELD, type Holder } from './holder.ts';
import { hasMod11Check } from './mod11.ts';

const LENGTH = 18;
const FORM = /^\d{17}[\dX]$/;
const PERMIT_REGIONS = ['810000', '820000', '830000'];
const FOREIGN_CARD_2017 = /^[A-Z]{3}\d{12}$/;
const FOREIGN_CARD_2023_PREFIX = '9';

/** GB 11643. The region is not judged here: it is that of first registration and may be abolished by now. */
export function checkResidentId(number: string, holder: Holder): UserError[] {
  const wrongForm = checkForm(number);
  if (wrongForm.length > 0) return wrongForm;
  return [...checkOtherKind(number), ...checkDigit(number), ...checkBody(number, holder)];
}

/** Residence permits of Hong Kong, Macau and Taiwan residents: as a resident ID, with the region of origin. */
export function checkResidencePermit(number: string, holder: Holder): UserError[] {
  const wrongForm = checkForm(number);
  if (wrongForm.length > 0) return wrongForm;
  return [...checkPrefix(number, PERMIT_REGIONS), ...checkDigit(number), ...checkBody(number, holder)];
}

/** Both versions are valid side by side. The order of the 2023 version's inner fields is not certain, so they are not judged. */
export function checkForeignResidentCard(number: string): UserError[] {
  if (FOREIGN_CARD_2017.test(number)) return [];
  const wrongForm = checkForm(number);
  if (wrongForm.length > 0) return wrongForm;
  return [...checkPrefix(number, [FOREIGN_CARD_2023_PREFIX]), ...checkDigit(number)];
}

/** The birth date inside an 18-character number, or null when there is no such day. */
export function birthDateOf(number: string): PlainDate | null {
  const date = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  return isPlainDate(date) ? date : null;
}

export function sexOf(number: string): Sex {
  return Number(number[16]) % 2 === 1 ? 'MALE' : 'FEMALE';
}

function checkForm(number: string): UserError[] {
  if (number.length !== LENGTH) {
    return [userError('DOCUMENT_LENGTH_WRONG', NUMBER_FIELD, { expected: LENGTH, got: number.length })];
  }
  if (FORM.test(number)) return [];
  return [userError('DOCUMENT_FORM_WRONG', NUMBER_FIELD, { expected: '17 × 0-9 + 0-9/X' })];
}

function checkPrefix(number: string, prefixes: readonly string[]): UserError[] {
  if (prefixes.some((prefix) => number.startsWith(prefix))) return [];
  return [userError('ID_REGION_WRONG', NUMBER_FIELD, { expected: prefixes.join(' / ') })];
}

/**
 * A permit or a foreigners' card has the same form, but is another kind of document: taken as a resident ID, one
 * paper would make two children and give its holder a formal number.
 */
function checkOtherKind(number: string): UserError[] {
  const others = [...PERMIT_REGIONS.map((region) => region.slice(0, 2)), FOREIGN_CARD_2023_PREFIX];
  const other = others.find((prefix) => number.startsWith(prefix));
  return other === undefined ? [] : [userError('DOCUMENT_KIND_WRONG', ['documentKind'], { prefix: other })];
}

function checkDigit(number: string): UserError[] {
  return hasMod11Check(number) ? [] : [userError('ID_CHECKSUM_WRONG', NUMBER_FIELD)];
}

function checkBody(number: string, { bornOn, sex }: Holder): UserError[] {
  const errors: UserError[] = [];
  const birthDate = birthDateOf(number);
  if (birthDate === null) errors.push(userError('ID_DATE_IMPOSSIBLE', NUMBER_FIELD));
  else if (birthDate !== bornOn) errors.push(userError('ID_BIRTH_DATE_MISMATCH', ['bornOn']));
  if (sexOf(number) !== sex) errors.push(userError('ID_SEX_MISMATCH', ['sex']));
  return errors;
}
