import { maskDocumentNumber, maskName, maskPhone, maskWholly } from '../../../kernel/rules/masking.ts';
import type { Role, Viewer } from '../../../kernel/rules/viewer.ts';
import type { Child, Guardian, IdentityDocument } from '../model.ts';

/**
 * Those who work with the child itself: they read its name and may compare the end of a number with the paper.
 * Whoever supervises, and every neighbour, reads a masked name and no character of a number.
 */
const WORK_WITH_IT: readonly Role[] = ['KINDERGARTEN', 'COUNTY'];

export interface ShownChild extends Omit<Child, 'householdRegion'> {
  readonly householdRegion: { readonly code: string } | null;
}

/** The child as this viewer may see it, ready to be read field by field. */
export function shownChild(child: Child, { role, area }: Viewer): ShownChild {
  const { name, registeredBy } = child;
  // Whoever knows a paper may become a holder by it, but must not learn from it what the paper does not say.
  const hidden = area.level === 'INSTITUTION' && area.code !== registeredBy;
  const ethnicity = hidden ? null : child.ethnicity;
  const code = hidden ? null : child.householdRegion;
  return { ...child, name: nameFor(role, name), ethnicity, householdRegion: code === null ? null : { code } };
}

export function shownGuardian({ name, phone, ...guardian }: Guardian, role: Role): Guardian {
  return { ...guardian, name: nameFor(role, name), phone: phone === null ? null : maskPhone(phone) };
}

/** What several institutions have said alike is shown once. */
export function shownGuardians(guardians: readonly Guardian[], role: Role): Guardian[] {
  const said = ({ relation, name, phone }: Guardian) => JSON.stringify([relation, name, phone]);
  const once = new Map([...guardians].reverse().map((one) => [said(one), one]));
  return guardians.filter((one) => once.get(said(one)) === one).map((one) => shownGuardian(one, role));
}

/** Numbers are masked for everybody: who holds the paper can read it there. */
export function shownDocument({ number, ...document }: IdentityDocument, role: Role): IdentityDocument {
  const mask = WORK_WITH_IT.includes(role) ? maskDocumentNumber : maskWholly;
  return { ...document, number: number === null ? null : mask(number) };
}

function nameFor(role: Role, name: string): string {
  return WORK_WITH_IT.includes(role) ? name : maskName(name);
}
