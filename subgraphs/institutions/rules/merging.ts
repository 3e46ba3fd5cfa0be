import { parseInstitutionCode } from '../../../kernel/rules/institution-code.ts';
import { userError, under, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { Class } from '../model.ts';
import { dateErrors, institutionErrors, type ChangeFacts, type Known, type Wish } from './changing.ts';
import { CLASS_NAME_MAX, reasonErrors } from './texts.ts';

export interface Merger extends Wish {
  /** Those that go; the one that remains may stand among them. */
  readonly institutionCodes: readonly string[];
  /** The one that remains, and keeps its code. */
  readonly into: string;
}

const MERGED_MAX = 20;

/** The codes that go. */
export const goingCodes = ({ institutionCodes, into }: Merger): string[] =>
  [...new Set(institutionCodes)].filter((code) => code !== into);

const categoryOf = (code: string) => parseInstitutionCode(code)?.category ?? '?';

/** Every error, in the order of the fields: those that go, the one that remains, the day, the reason. */
export function mayMerge(
  merger: Merger,
  known: ReadonlyMap<string, Known>,
  { viewer, today }: ChangeFacts,
): UserError[] {
  const { institutionCodes, into, on, reason } = merger;
  const target = known.get(into) ?? null;
  if (institutionCodes.length > MERGED_MAX) {
    const facts = { max: MERGED_MAX, got: institutionCodes.length };
    return [userError('TOO_MANY_ITEMS', ['institutionCodes'], facts)];
  }
  const errors: UserError[] = [];
  if (goingCodes(merger).length === 0) errors.push(userError('MERGE_NEEDS_ANOTHER', ['institutionCodes']));
  institutionCodes.forEach((code, i) => {
    const at = ['institutionCodes', String(i)];
    if (institutionCodes.indexOf(code) < i) errors.push(userError('CODE_TWICE', at, { code }));
    else if (code !== into) errors.push(...under(at, goingErrors(code, merger, known, viewer)));
  });
  errors.push(...institutionErrors('takeIn', into, target, viewer, ['into']));
  const concerned = [into, ...goingCodes(merger)].flatMap((code) => known.get(code) ?? []);
  return [...errors, ...dateErrors(on, concerned, today), ...reasonErrors(reason)];
}

function goingErrors(
  code: string,
  { into }: Merger,
  known: ReadonlyMap<string, Known>,
  viewer: ChangeFacts['viewer'],
): UserError[] {
  const errors = institutionErrors('mergeInstitutions', code, known.get(code) ?? null, viewer, []);
  if (errors.length > 0 || categoryOf(code) === categoryOf(into)) return errors;
  return [userError('MERGE_OTHER_CATEGORY', [], { expected: categoryOf(into), got: categoryOf(code) })];
}

const keyOf = (schoolYear: number, name: string) => `${schoolYear}/${name}`;

/**
 * The classes that go over, with their ids. Where the one that remains has a class of that name in that year,
 * the code of the former institution stands behind the name.
 */
export function classesTaken(
  staying: readonly Class[],
  going: readonly { readonly code: string; readonly classes: readonly Class[] }[],
): { readonly before: Class; readonly name: string }[] {
  const taken = new Set(staying.map(({ schoolYear, name }) => keyOf(schoolYear, name)));
  return going.flatMap(({ code, classes }) =>
    classes.map((before) => {
      const name = freeName(before, code, taken);
      taken.add(keyOf(before.schoolYear, name));
      return { before, name };
    }),
  );
}

function freeName({ name, schoolYear }: Class, code: string, taken: ReadonlySet<string>): string {
  if (!taken.has(keyOf(schoolYear, name))) return name;
  for (let n = 1; ; n++) {
    const ending = n === 1 ? `（${code}）` : `（${code}-${n}）`;
    const longer = [...name].slice(0, CLASS_NAME_MAX - ending.length).join('') + ending;
    if (!taken.has(keyOf(schoolYear, longer))) return longer;
  }
}
