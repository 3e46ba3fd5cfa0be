import type { Sex } from '../../../kernel/rules/code-sets/sex.ts';
import type { DocumentKind } from '../../../kernel/rules/code-sets/document-kind.ts';
import { birthDateOf, checkDocument, normalise, sexOf } from '../../../kernel/rules/identity-document.ts';
import { isInstitutionCode } from '../../../kernel/rules/institution-code.ts';
import { checkName } from '../../../kernel/rules/person-name.ts';
import { ageOn } from '../../../kernel/rules/plain-date.ts';
import { userError, type UserError, type UserErrorCode } from '../../../kernel/rules/user-errors.ts';
import { nationalityCode } from './candidate.ts';
import type { CheckContext } from './check.ts';
import { NATIONALITIES } from './choices.ts';
import { COLUMN_KEYS, columnOf, type ColumnKey } from './columns.ts';
import { placed, type Fault } from './faults.ts';
import type { RowValues } from './row-values.ts';

/** Below this age no class may take a child; whether a class is a nursery (2) or not (3) only the graph knows. */
const YOUNGEST = 2;

type Rule = (of: RowValues['of'], context: CheckContext) => UserError[];

const RULES: readonly Rule[] = [
  checkNames,
  checkDates,
  checkIdentity,
  checkGuardian,
  checkNationality,
  checkRegion,
  checkInstitution,
];

/** What the rules say about one row's values; each rule looks only at values that could be read. */
export function checkRow({ row, of }: RowValues, context: CheckContext): Fault[] {
  return RULES.flatMap((rule) => rule(of, context)).map((error) =>
    placed(error, { row, column: columnHeader(error) }),
  );
}

function checkNames({ name, guardianName }: RowValues['of']): UserError[] {
  const guardian = guardianName === undefined ? [] : checkName(guardianName, ['guardianName']);
  return [...(name === undefined ? [] : checkName(name, ['name'])), ...guardian];
}

function checkDates({ bornOn, enteredOn }: RowValues['of'], { today }: CheckContext): UserError[] {
  const errors: UserError[] = [];
  if (bornOn !== undefined && bornOn > today) errors.push(about('BIRTH_DATE_FUTURE', 'bornOn'));
  if (enteredOn !== undefined && enteredOn > today) errors.push(about('ENTRY_DATE_FUTURE', 'enteredOn'));
  if (bornOn === undefined || enteredOn === undefined || bornOn > today) return errors;
  const age = ageOn(bornOn, enteredOn);
  return age < YOUNGEST ? [...errors, userError('TOO_YOUNG', ['enteredOn'], { age })] : errors;
}

function checkIdentity({ documentKind, documentNumber, bornOn, sex }: RowValues['of']): UserError[] {
  if (documentKind === undefined) return [];
  // Where the birth date or sex could not be read, the number is held against itself: one fault, not two.
  const kind = documentKind as DocumentKind;
  const number = normalise(kind, documentNumber) ?? '';
  return checkDocument({
    kind,
    number,
    bornOn: bornOn ?? birthDateOf(number) ?? '',
    sex: (sex as Sex | undefined) ?? sexOf(number),
  });
}

const PHONE = /^\+?[\d\- ]+$/;

function checkGuardian(of: RowValues['of']): UserError[] {
  const { documentKind, guardianName, guardianRelation, guardianPhone = '' } = of;
  const errors: UserError[] = [];
  const isNamed = guardianName !== undefined;
  if (documentKind === 'NONE' && !isNamed) errors.push(about('GUARDIAN_REQUIRED', 'guardianName'));
  else if (!isNamed && guardianPhone) errors.push(about('REQUIRED', 'guardianName'));
  if (isNamed && guardianRelation === undefined) errors.push(about('REQUIRED', 'guardianRelation'));
  const digits = guardianPhone.replace(/\D/g, '').length;
  const isPhone = PHONE.test(guardianPhone) && digits >= 6 && digits <= 20;
  return guardianPhone && !isPhone ? [...errors, about('PHONE_FORM_WRONG', 'guardianPhone')] : errors;
}

function checkNationality({ nationality }: RowValues['of']): UserError[] {
  if (nationality === undefined || /^[A-Z]{3}$/.test(nationalityCode(nationality))) return [];
  return [userError('VALUE_NOT_IN_LIST', ['nationality'], { expected: NATIONALITIES.shown.join('、') })];
}

function checkRegion({ householdRegion }: RowValues['of'], { isKnownRegion }: CheckContext): UserError[] {
  if (householdRegion === undefined) return [];
  const isKnown = /^[1-9]\d{5}$/.test(householdRegion) && (isKnownRegion?.(householdRegion) ?? true);
  return isKnown ? [] : [about('HOUSEHOLD_REGION_UNKNOWN', 'householdRegion')];
}

function checkInstitution({ institutionCode }: RowValues['of'], context: CheckContext): UserError[] {
  const code = institutionCode ?? context.institution;
  if (code === undefined) return context.institutionNeeded ? [about('REQUIRED', 'institutionCode')] : [];
  if (isInstitutionCode(code)) return [];
  return [userError('INSTITUTION_CODE_FORM', ['institutionCode'], { category: '11 / 21 / 51' })];
}

function about(code: UserErrorCode, key: ColumnKey): UserError {
  return userError(code, [key]);
}

function columnHeader({ field }: UserError): string {
  const key = COLUMN_KEYS.find((one) => one === field.at(-1));
  return key ? columnOf(key).header : (field.at(-1) ?? '');
}
