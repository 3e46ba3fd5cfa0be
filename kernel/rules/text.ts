import { type UserError, userError } from './user-errors.ts';

/** Half of a surrogate pair: no character, and every such half becomes the same one where text is stored as UTF-8. */
const HALF_CHARACTER = /\p{Surrogate}/u;

export function isWellFormed(text: string): boolean {
  return !HALF_CHARACTER.test(text);
}

/** Error on the field: TEXT_MALFORMED, where the text is not well-formed Unicode. */
export function checkTextForm(text: string, field: readonly string[]): UserError[] {
  return isWellFormed(text) ? [] : [userError('TEXT_MALFORMED', field)];
}
