import { comparedName } from '../../../kernel/rules/person-name.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { Statement } from '../model.ts';
import { changedDetails, INPUT_OF_DETAIL } from './statement.ts';

/**
 * Warns with ALREADY_REGISTERED_DETAILS_KEPT, at each field, where an institution states again and otherwise what it
 * has stated itself. What others have stated is not looked at: a warning that depended on it would let it be guessed.
 */
export function detailsKept(stated: Statement, own: Statement): UserError[] {
  return changedDetails(folded(own), folded(stated))
    .map((detail) => INPUT_OF_DETAIL[detail])
    .filter((field) => stated[field] !== null && stated[field].length > 0)
    .map((field) => userError('ALREADY_REGISTERED_DETAILS_KEPT', [field]));
}

/** A name written otherwise is the same name. */
const folded = (statement: Statement): Statement => ({
  ...statement,
  guardians: statement.guardians.map((one) => ({ ...one, name: comparedName(one.name) })),
});
