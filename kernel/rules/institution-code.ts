/**
 * Institution codes (学校(机构)标识码): 2 digits category, 2 province, 6 serial, and no check digit.
 * A class attached to a school carries the code of its host, so its category is the host's.
 */
import type { InstitutionKind } from './code-sets/institution-kind.ts';
import { type UserError, userError } from './user-errors.ts';

const FORM = /^(\d{2})(\d{2})(\d{6})$/;

export const INSTITUTION_CATEGORY = {
  KINDERGARTEN: '11',
  PRIMARY_SCHOOL: '21',
  SPECIAL_SCHOOL: '51',
} as const;

const CATEGORIES_OF_KIND: Readonly<Record<InstitutionKind, readonly string[]>> = {
  KINDERGARTEN: [INSTITUTION_CATEGORY.KINDERGARTEN],
  ETHNIC_KINDERGARTEN: [INSTITUTION_CATEGORY.KINDERGARTEN],
  ATTACHED_CLASS: [INSTITUTION_CATEGORY.PRIMARY_SCHOOL, INSTITUTION_CATEGORY.SPECIAL_SCHOOL],
};

export interface InstitutionCodeParts {
  readonly category: string;
  /** The first two digits of the province's region code. */
  readonly province: string;
  readonly serial: string;
}

export function parseInstitutionCode(code: string): InstitutionCodeParts | null {
  const match = FORM.exec(code);
  return match ? { category: match[1]!, province: match[2]!, serial: match[3]! } : null;
}

/** Is it a code some institution of this system may carry: category 11, 21 or 51? */
export function isInstitutionCode(code: string): boolean {
  const category = parseInstitutionCode(code)?.category;
  return Object.values<string | undefined>(INSTITUTION_CATEGORY).includes(category);
}

/** Errors: INSTITUTION_CODE_FORM when it has not ten digits or not a category of the kind. */
export function checkInstitutionCode(
  code: string,
  kind: InstitutionKind,
  field: readonly string[] = ['code'],
): UserError[] {
  const categories = CATEGORIES_OF_KIND[kind];
  const category = parseInstitutionCode(code)?.category;
  if (category !== undefined && categories.includes(category)) return [];
  return [userError('INSTITUTION_CODE_FORM', field, { category: categories.join(' / ') })];
}
