import { checkTextForm } from '../../../../kernel/rules/text.ts';
import { userError, type UserError } from '../../../../kernel/rules/user-errors.ts';

const TEXT_MAX = 200;

/** What leaves nothing to read, however much of it there is; the braille blank is a symbol by its class. */
const NOTHING_SEEN = /[\s\u2800]|\p{Default_Ignorable_Code_Point}|\p{Control}|\p{Format}/gu;
/** Characters that act on the text around them instead of being read. */
const UNSEEN_ACTOR = /\p{Control}|\p{Bidi_Control}|\p{Line_Separator}|\p{Paragraph_Separator}/u;
/** As long as a telephone, a document or a record number, in whatever digits; those of an ID may end in X. */
const LONG_NUMBER = /\p{Decimal_Number}{11}/u;

export const isBlank = (text: string | null | undefined) => (text ?? '').replace(NOTHING_SEEN, '') === '';

/** The text as it is kept; none where nothing is to be read. */
export const said = (text: string | null | undefined): string | null => (isBlank(text) ? null : text!.trim());

/**
 * Reasons and remarks are a few sentences; papers are kept elsewhere. They are read by more people than a child's papers
 * are, so no number of a document, a telephone or a record goes into them.
 */
export function textErrors(text: string | null | undefined, field: string): UserError[] {
  const kept = (text ?? '').trim();
  const malformed = checkTextForm(kept, [field]);
  if (malformed.length > 0) return malformed;
  const got = [...kept].length;
  const digits = kept.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  return [
    ...(got > TEXT_MAX ? [userError('TOO_LONG', [field], { max: TEXT_MAX, got })] : []),
    ...(UNSEEN_ACTOR.test(kept) ? [userError('TEXT_UNSEEN', [field])] : []),
    ...(LONG_NUMBER.test(digits) ? [userError('TEXT_HOLDS_NUMBER', [field])] : []),
  ];
}
