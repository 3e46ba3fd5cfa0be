import { comparedName } from '../../../kernel/rules/person-name.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { Origin } from '../model.ts';
import type { NewChild, NewGuardian } from './new-child.ts';

/**
 * Warns with ALREADY_REGISTERED_DETAILS_KEPT, at each field, where the institution states what is not stored.
 * What another institution has stated is not compared: a warning that depended on it would let it be guessed.
 */
export function detailsKept(
  stated: NewChild,
  known: Origin,
  named: readonly NewGuardian[],
  institution: string,
): UserError[] {
  const own = known.registeredBy === institution;
  const isKept = (field: 'nationality' | 'ethnicity' | 'householdRegion') => {
    if (own) return stated[field] !== null && stated[field] !== known[field];
    // The nationality is every holder's to see, so it may be compared.
    return field === 'nationality' ? stated[field] !== known[field] : stated[field] !== null;
  };
  const fields: string[] = (['nationality', 'ethnicity', 'householdRegion'] as const).filter(isKept);
  if (stated.guardians.length > 0 && !same(stated.guardians, named)) fields.push('guardians');
  return fields.map((field) => userError('ALREADY_REGISTERED_DETAILS_KEPT', [field]));
}

function same(a: readonly NewGuardian[], b: readonly NewGuardian[]): boolean {
  const text = (guardians: readonly NewGuardian[]) =>
    JSON.stringify(guardians.map(({ relation, name, phone }) => [relation, comparedName(name), phone]));
  return text(a) === text(b);
}
