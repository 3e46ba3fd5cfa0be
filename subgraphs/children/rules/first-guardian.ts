import type { Child, Guardian } from '../model.ts';

/**
 * The guardian a child without a document is recognised by: the first one the institution has named that registered
 * the child; where it has named nobody, the first anybody else has. Null where nobody has named any.
 */
export function firstGuardian(
  { registeredBy }: Pick<Child, 'registeredBy'>,
  guardians: readonly Guardian[],
): Guardian | null {
  const own = guardians.filter(({ institutionCode }) => institutionCode === registeredBy);
  const [first] = [...(own.length > 0 ? own : guardians)].sort(inOrder);
  return first ?? null;
}

const inOrder = (a: Guardian, b: Guardian) =>
  a.institutionCode === b.institutionCode ? a.seq - b.seq : a.institutionCode < b.institutionCode ? -1 : 1;
