/**
 * Names as they stand on the document: any script, rare characters, long names with the middle dot.
 * A name is never shortened, transcribed or folded for storage; comparing is another matter.
 */
import { type UserError, userError } from './user-errors.ts';

/** Counted in code points: characters beyond the basic plane count once. */
export const NAME_LIMIT = 100;

/** Planes 2 and 3 whole, because the runtime's Unicode tables may be older than the newest ideographs; 〇 is a numeral to Unicode. */
const LETTER = String.raw`\p{L}\p{M}〇\u{20000}-\u{3FFFD}`;
const HAS_LETTER = new RegExp(`[${LETTER}]`, 'u');
const ONLY_NAME_CHARACTERS = new RegExp(String.raw`^[${LETTER}· \-‐'’]+$`, 'u');

/** Input methods give many dots; the one of GB 18030 names is U+00B7. */
const MIDDLE_DOTS = /\s*[·•‧・･∙⋅]\s*/gu;
const INVISIBLE = /[\u200B\u2060\uFEFF]/gu;

/** NFC (not NFKC, which would replace characters people have), one kind of middle dot, single inner spaces. */
export function normaliseName(name: string): string {
  return name.normalize('NFC').replace(INVISIBLE, '').replace(MIDDLE_DOTS, '·').replace(/\s+/gu, ' ').trim();
}

/** Errors on `name`: NAME_EMPTY, TOO_LONG (over 100), NAME_CHARACTERS. The name is normalised first. */
export function checkName(name: string, field: readonly string[] = ['name']): UserError[] {
  const normal = normaliseName(name);
  if (normal === '') return [userError('NAME_EMPTY', field)];
  const length = Array.from(normal).length;
  if (length > NAME_LIMIT) return [userError('TOO_LONG', field, { max: NAME_LIMIT, got: length })];
  const isName = ONLY_NAME_CHARACTERS.test(normal) && HAS_LETTER.test(normal);
  return isName ? [] : [userError('NAME_CHARACTERS', field)];
}
