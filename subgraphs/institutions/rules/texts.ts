import { checkTextForm, isWellFormed } from '../../../kernel/rules/text.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';

export const NAME_MAX = 100;
export const CLASS_NAME_MAX = 40;
export const REASON_MAX = 200;

/** A text that must say something, and not too much. */
export function textErrors(field: string, text: string, max: number): UserError[] {
  if (!isWellFormed(text)) return checkTextForm(text, [field]);
  const length = [...text.trim()].length;
  if (length === 0) return [userError('REQUIRED', [field])];
  return length > max ? [userError('TOO_LONG', [field], { max, got: length })] : [];
}

/** Why something was done may be left out. */
export const reasonErrors = (reason: string | null): UserError[] =>
  reason === null || reason.trim() === '' ? [] : textErrors('reason', reason, REASON_MAX);

export const reasonOf = (reason: string | null): string | null => reason?.trim() || null;
