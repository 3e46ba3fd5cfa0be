import { userError, type UserError } from '../../../../kernel/rules/user-errors.ts';

const TEXT_MAX = 200;

export const isBlank = (text: string | null | undefined) => (text ?? '').trim() === '';

/** Reasons and remarks are a few sentences; papers are kept elsewhere. */
export function tooLong(text: string | null | undefined, field: string): UserError | null {
  const got = [...(text ?? '').trim()].length;
  return got > TEXT_MAX ? userError('TOO_LONG', [field], { max: TEXT_MAX, got }) : null;
}
