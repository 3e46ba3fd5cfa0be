import { comparedName } from '../../../kernel/rules/person-name.ts';
import type { Sex } from '../../../kernel/rules/code-sets/sex.ts';
import type { Child } from '../model.ts';

/** What somebody else has written down of a child; null where it says nothing. */
export interface Written {
  readonly name: string | null;
  readonly sex: Sex | null;
  readonly bornOn: string | null;
}

/** Whether it fits what is known here, without saying what that is. Null where nothing was written. */
export interface Match {
  readonly childId: string;
  readonly nameFits: boolean | null;
  readonly sexFits: boolean | null;
  readonly bornOnFits: boolean | null;
}

export function matchOf(child: Child, { name, sex, bornOn }: Written): Match {
  return {
    childId: child.id,
    nameFits: name === null ? null : comparedName(name) === comparedName(child.name),
    sexFits: sex === null ? null : sex === child.sex,
    bornOnFits: bornOn === null ? null : bornOn === child.bornOn,
  };
}
