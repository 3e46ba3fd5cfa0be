import { checkDocument, normalise } from '../../../kernel/rules/identity-document.ts';
import type { KeyField } from '../../../kernel/rules/key-fields.ts';
import { checkName, normaliseName } from '../../../kernel/rules/person-name.ts';
import { isPlainDate, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import { checkTextForm } from '../../../kernel/rules/text.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { Child, IdentityDocument, KeyFacts } from '../model.ts';
import { checkBirthDate } from './new-child.ts';

/** What shall be otherwise; null is unchanged. Kind and number together replace the document. */
export type Correction = { readonly [Field in keyof KeyFacts]: KeyFacts[Field] | null } & {
  readonly childId: string;
  /** Children whose records were cancelled as duplicates of this one's: their document is this child's. */
  readonly duplicates?: readonly string[] | null;
};

export const keyFactsOf = ({ name, sex, bornOn }: Child, { kind, number }: IdentityDocument): KeyFacts => ({
  name,
  sex,
  bornOn,
  documentKind: kind,
  documentNumber: number,
});

/** The child as it would be, in the form it is stored. */
export function corrected(before: KeyFacts, correction: Correction): KeyFacts {
  const { name, sex, bornOn, documentKind, documentNumber } = correction;
  const document = documentKind === null ? before : { documentKind, documentNumber };
  return {
    name: name === null ? before.name : normaliseName(name),
    sex: sex ?? before.sex,
    bornOn: bornOn ?? before.bornOn,
    documentKind: document.documentKind,
    documentNumber: normalise(document.documentKind, document.documentNumber),
  };
}

/** Which key fields differ, in the order of the list. */
export function changedKeys(before: KeyFacts, after: KeyFacts): KeyField[] {
  const changed: readonly [KeyField, boolean][] = [
    ['NAME', before.name !== after.name],
    ['SEX', before.sex !== after.sex],
    ['BORN_ON', before.bornOn !== after.bornOn],
    [
      'DOCUMENT',
      before.documentKind !== after.documentKind || before.documentNumber !== after.documentNumber,
    ],
  ];
  return changed.filter(([, differs]) => differs).map(([field]) => field);
}

/** What else a correction is held against. */
export interface Circumstances {
  readonly today: PlainDate;
  /** A child was young enough when it was registered, whatever its age is now. */
  readonly registeredOn: PlainDate;
  /** Without a document a child is recognised by its first guardian. */
  readonly hasGuardian: boolean;
}

/**
 * What speaks against a correction by itself, at its fields; who else has the document is another matter.
 * Errors: those of a name, a birth date and a document, REQUIRED, GUARDIAN_REQUIRED, CORRECTION_CHANGES_NOTHING.
 */
export function correctionErrors(
  before: KeyFacts,
  correction: Correction,
  { today, registeredOn, hasGuardian }: Circumstances,
): UserError[] {
  const texts = ['name', 'bornOn', 'documentNumber'] as const;
  const malformed = texts.flatMap((field) => checkTextForm(correction[field] ?? '', [field]));
  if (malformed.length > 0) return malformed;
  const { name, bornOn, documentKind, documentNumber } = correction;
  const after = corrected(before, correction);
  const errors = [
    ...(name === null ? [] : checkName(name)),
    ...(bornOn === null ? [] : checkBirthDate(bornOn, today, registeredOn)),
    ...(documentKind === null && documentNumber !== null ? [userError('REQUIRED', ['documentKind'])] : []),
    ...documentErrors(after),
  ];
  const nobodyKnowsIt = after.documentKind === 'NONE' && !hasGuardian;
  if (nobodyKnowsIt) errors.push(userError('GUARDIAN_REQUIRED', ['documentKind']));
  if (errors.length > 0) return errors;
  return changedKeys(before, after).length > 0 ? [] : [userError('CORRECTION_CHANGES_NOTHING')];
}

function documentErrors({ documentKind: kind, documentNumber: number, bornOn, sex }: KeyFacts): UserError[] {
  // A date that does not exist cannot agree with anything; saying so once is enough.
  if (!isPlainDate(bornOn)) return [];
  return checkDocument({ kind, number, bornOn, sex });
}
