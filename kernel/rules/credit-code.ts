/** Unified social credit codes, GB 32100: 17 characters and a check character over weights 3^i mod 31. */
import { type UserError, userError } from './user-errors.ts';

/** No I, O, S, V, Z: they are too easily read as digits or as each other. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const FORM = /^[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}$/;
const BODY_LENGTH = 17;

export function isCreditCode(code: string): boolean {
  return FORM.test(code) && code.at(-1) === creditCodeCheck(code.slice(0, BODY_LENGTH));
}

/** The check character that belongs behind the first 17. */
export function creditCodeCheck(first17: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** Full width and small letters become the characters of the standard, spaces go. */
export function normaliseCreditCode(code: string): string {
  return code.normalize('NFKC').replace(/\s/gu, '').toUpperCase();
}

/** Errors: CREDIT_CODE_WRONG. Expects a normalised code. */
export function checkCreditCode(code: string, field: readonly string[] = ['creditCode']): UserError[] {
  return isCreditCode(code) ? [] : [userError('CREDIT_CODE_WRONG', field)];
}
