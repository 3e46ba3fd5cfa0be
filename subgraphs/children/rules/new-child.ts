import { isValueOf } from '../../../kernel/rules/code-sets/code-set.ts';
import { ETHNICITY } from '../../../kernel/rules/code-sets/ethnicity.ts';
import { checkDocument, type DocumentKind } from '../../../kernel/rules/identity-document.ts';
import { checkName } from '../../../kernel/rules/person-name.ts';
import { addMonths, compare, isPlainDate, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import { checkTextForm } from '../../../kernel/rules/text.ts';
import { under, userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { Child, NamedGuardian, Origin, Statement } from '../model.ts';

/** What a kindergarten says about a child. */
export interface NewChild extends Pick<Child, 'name' | 'sex'>, Statement {
  readonly bornOn: string;
  readonly documentKind: DocumentKind;
  readonly documentNumber: string | null;
}

/** Nobody older is on the way into a kindergarten; a typing error in the year is. */
export const OLDEST_YEARS = 10;
/** The legacy form has room for two; separated and foster families need more. */
export const GUARDIANS_MAX = 4;

/** Everything wrong with what was said, in the order of the fields; a child with any is not registered. */
export function checkNewChild(child: NewChild, today: PlainDate): UserError[] {
  const malformed = checkTexts(child);
  // What is no text cannot be judged any further.
  if (malformed.length > 0) return malformed;
  return [
    ...checkName(child.name),
    ...checkBirthDate(child.bornOn, today),
    ...checkOrigin(child),
    ...checkPapers(child),
    ...checkGuardians(child.guardians, child.documentKind),
  ];
}

/** Errors: TEXT_MALFORMED at every text that is not well-formed. */
function checkTexts({ guardians, ...child }: NewChild): UserError[] {
  const texts = ['name', 'bornOn', 'nationality', 'ethnicity', 'documentNumber', 'householdRegion'] as const;
  return [
    ...texts.flatMap((field) => checkTextForm(child[field] ?? '', [field])),
    ...checkGuardianTexts(guardians),
  ];
}

/** Errors: TEXT_MALFORMED. */
export function checkGuardianTexts(guardians: readonly NamedGuardian[]): UserError[] {
  return guardians.flatMap(({ name, phone }, i) =>
    under(
      ['guardians', String(i)],
      [...checkTextForm(name, ['name']), ...checkTextForm(phone ?? '', ['phone'])],
    ),
  );
}

/** Errors: DATE_IMPOSSIBLE, BIRTH_DATE_FUTURE, BIRTH_DATE_TOO_OLD (on the day of registering). */
export function checkBirthDate(bornOn: string, today: PlainDate, registeredOn = today): UserError[] {
  if (!isPlainDate(bornOn)) return [userError('DATE_IMPOSSIBLE', ['bornOn'])];
  if (compare(bornOn, today) > 0) return [userError('BIRTH_DATE_FUTURE', ['bornOn'])];
  const earliest = addMonths(registeredOn, -12 * OLDEST_YEARS);
  return compare(bornOn, earliest) < 0 ? [userError('BIRTH_DATE_TOO_OLD', ['bornOn'], { earliest })] : [];
}

/** Errors: NATIONALITY_FORM, VALUE_NOT_IN_LIST, HOUSEHOLD_REGION_FORM. */
export function checkOrigin({ nationality, ethnicity, householdRegion }: Origin): UserError[] {
  const errors: UserError[] = [];
  if (!/^[A-Z]{3}$/.test(nationality)) errors.push(userError('NATIONALITY_FORM', ['nationality']));
  if (ethnicity !== null && !isValueOf(ETHNICITY, ethnicity)) {
    errors.push(userError('VALUE_NOT_IN_LIST', ['ethnicity'], { expected: 'GB/T 3304: 01–56, 97, 98' }));
  }
  if (householdRegion !== null && !/^\d{6}$/.test(householdRegion)) {
    errors.push(userError('HOUSEHOLD_REGION_FORM', ['householdRegion']));
  }
  return errors;
}

function checkPapers({ documentKind: kind, documentNumber: number, bornOn, sex }: NewChild): UserError[] {
  const errors = checkDocument({ kind, number, bornOn, sex });
  // A date that does not exist cannot agree with anything; saying so once is enough.
  return isPlainDate(bornOn) ? errors : errors.filter(({ code }) => code !== 'ID_BIRTH_DATE_MISMATCH');
}

/** Errors: GUARDIAN_REQUIRED (no document), TOO_MANY_ITEMS, those of a name, PHONE_FORM_WRONG. */
export function checkGuardians(guardians: readonly NamedGuardian[], kind: DocumentKind): UserError[] {
  const got = guardians.length;
  if (got > GUARDIANS_MAX) return [userError('TOO_MANY_ITEMS', ['guardians'], { max: GUARDIANS_MAX, got })];
  if (got === 0 && kind === 'NONE') return [userError('GUARDIAN_REQUIRED', ['guardians'])];
  return guardians.flatMap(({ name, phone }, i) =>
    under(['guardians', String(i)], [...checkName(name), ...checkPhone(phone)]),
  );
}

function checkPhone(phone: string | null): UserError[] {
  if (phone === null) return [];
  const digits = phone.replace(/[+\- ]/g, '');
  return phone.length <= PHONE_LIMIT && /^\d{6,20}$/.test(digits)
    ? []
    : [userError('PHONE_FORM_WRONG', ['phone'])];
}

const PHONE_LIMIT = 40;
