import type { DocumentKind } from '../../../kernel/rules/code-sets/document-kind.ts';
import { KEY_FIELD_OF_INPUT, KEY_FIELDS, type KeyInput } from '../../../kernel/rules/key-fields.ts';
import { maskPhone } from '../../../kernel/rules/masking.ts';
import { checkTextForm } from '../../../kernel/rules/text.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { NamedGuardian, Statement } from '../model.ts';
import { checkGuardians, checkGuardianTexts, checkOrigin } from './new-child.ts';
import { storedGuardians } from './statement.ts';

/**
 * What a kindergarten states anew of a child it holds; null is unchanged. Guardians are the whole list. Key
 * information may be sent along only to be told where it belongs.
 */
export type DetailChange = { readonly [Detail in keyof Statement]: Statement[Detail] | null } & {
  readonly [Key in KeyInput]: string | null;
};

/** The statement as it would be stored. */
export function restated(before: Statement, change: DetailChange): Statement {
  return {
    nationality: change.nationality ?? before.nationality,
    ethnicity: change.ethnicity ?? before.ethnicity,
    householdRegion: change.householdRegion ?? before.householdRegion,
    guardians: change.guardians
      ? storedGuardians(change.guardians).map((one) => withPhone(one, before.guardians))
      : before.guardians,
  };
}

/** A phone that is sent back as it is shown, masked, is the one that is registered: nobody has to unmask it for that. */
function withPhone(stated: NamedGuardian, known: readonly NamedGuardian[]): NamedGuardian {
  const { phone } = stated;
  if (!phone?.includes('*')) return stated;
  const meant = new Set(
    known.flatMap((one) => (one.phone && maskPhone(one.phone) === phone ? [one.phone] : [])),
  );
  const [only] = meant;
  return meant.size === 1 ? { ...stated, phone: only! } : stated;
}

/**
 * What speaks against a change, at its fields. Errors: KEY_FIELD_NEEDS_CORRECTION, TEXT_MALFORMED, those of origin
 * and guardians.
 */
export function changeErrors(change: DetailChange, before: Statement, kind: DocumentKind): UserError[] {
  const key = keyErrors(change);
  if (key.length > 0) return key;
  const { nationality, ethnicity, householdRegion, guardians } = change;
  const malformed = [
    ...Object.entries({ nationality, ethnicity, householdRegion }).flatMap(([field, text]) =>
      checkTextForm(text ?? '', [field]),
    ),
    ...checkGuardianTexts(guardians ?? []),
  ];
  if (malformed.length > 0) return malformed;
  const after = restated(before, change);
  return [...checkOrigin(after), ...(guardians === null ? [] : checkGuardians(after.guardians, kind))];
}

function keyErrors(change: DetailChange): UserError[] {
  return (Object.keys(KEY_FIELD_OF_INPUT) as KeyInput[])
    .filter((input) => change[input] !== null)
    .map((input) => {
      const { zh, en } = KEY_FIELDS[KEY_FIELD_OF_INPUT[input]];
      return userError('KEY_FIELD_NEEDS_CORRECTION', [input], { field: zh, fieldEn: en });
    });
}
