/**
 * Names as they stand on the document: any script, rare characters, long names with the middle dot.
 * A name is never shortened, transcribed or folded for storage; comparing is another matter.
 */
import { type UserError, userError } from './user-errors.ts';

/** Counted in code points: characters beyond the basic plane count once. */
export const NAME_LIMIT = 100;

/** Planes 2 and 3 whole, because the runtime's Unicode tables may be older than the newest ideographs; 〇 is a numeral to Unicode. */
const RARE = String.raw`〇\u{20000}-\u{3FFFD}`;
const HAN = String.raw`[\p{Script=Han}${RARE}]`;
const HAS_LETTER = new RegExp(String.raw`[\p{L}${RARE}]`, 'u');
const ONLY_NAME_CHARACTERS = new RegExp(String.raw`^[\p{L}\p{M}${RARE}· \-‐'’]+$`, 'u');

/** Input methods give many dots; the one of GB 18030 names is U+00B7. */
const MIDDLE_DOTS = /\s*[·•‧・･∙⋅]\s*/gu;
/** Copying brings these along; everything else that cannot be seen is refused. */
const INVISIBLE = /[\u200B\u2060\uFEFF]/gu;
const UNSEEN = /\p{Default_Ignorable_Code_Point}/u;
/** The variation selector of a registered ideograph shape: part of the name as written, not of who is meant. */
const SHAPE = new RegExp(String.raw`(?<=${HAN})[\u{E0100}-\u{E01EF}]`, 'gu');
/** No ideograph carries a mark, and fonts leave out the marks they cannot place. */
const MARKED_HAN = new RegExp(String.raw`${HAN}\p{M}`, 'u');
const SPACE_IN_HAN = new RegExp(String.raw`(?<=${HAN}) (?=${HAN})`, 'gu');

/** NFC (not NFKC, which would replace characters people have), one kind of middle dot, single inner spaces. */
export function normaliseName(name: string): string {
  return name.replace(INVISIBLE, '').normalize('NFC').replace(MIDDLE_DOTS, '·').replace(/\s+/gu, ' ').trim();
}

/**
 * What must be equal for two names to be taken for one, never stored as the name: without the shapes of
 * ideographs and the spaces between them, compatibility forms resolved, since keyboards and forms differ in these.
 */
export function comparedName(name: string): string {
  return normaliseName(normaliseName(name).replace(SHAPE, '').normalize('NFKC')).replace(SPACE_IN_HAN, '');
}

/** Errors on `name`: NAME_EMPTY, TOO_LONG (over 100), NAME_CHARACTERS. The name is normalised first. */
export function checkName(name: string, field: readonly string[] = ['name']): UserError[] {
  const normal = normaliseName(name);
  if (normal === '') return [userError('NAME_EMPTY', field)];
  const length = Array.from(normal).length;
  if (length > NAME_LIMIT) return [userError('TOO_LONG', field, { max: NAME_LIMIT, got: length })];
  return isName(normal.replace(SHAPE, '')) ? [] : [userError('NAME_CHARACTERS', field)];
}

function isName(text: string): boolean {
  const isVisible = !UNSEEN.test(text) && !MARKED_HAN.test(text);
  return isVisible && ONLY_NAME_CHARACTERS.test(text) && HAS_LETTER.test(text);
}
