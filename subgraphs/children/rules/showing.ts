import { maskDocumentNumber, maskName, maskPhone } from '../../../kernel/rules/masking.ts';
import type { Role } from '../../../kernel/rules/viewer.ts';
import type { Child, Guardian, IdentityDocument } from '../model.ts';

/** Those who work with the child itself; whoever supervises, and every neighbour, reads a masked name. */
const NAMES_IN_CLEAR: readonly Role[] = ['KINDERGARTEN', 'COUNTY'];

export interface ShownChild extends Omit<Child, 'householdRegion'> {
  readonly householdRegion: { readonly code: string } | null;
}

/** The child as this role may see it, ready to be read field by field. */
export function shownChild(child: Child, role: Role): ShownChild {
  const { name, householdRegion: code } = child;
  return { ...child, name: nameFor(role, name), householdRegion: code === null ? null : { code } };
}

export function shownGuardian({ name, phone, ...guardian }: Guardian, role: Role): Guardian {
  return { ...guardian, name: nameFor(role, name), phone: phone === null ? null : maskPhone(phone) };
}

/** Numbers are masked for everybody: who holds the paper can read it there. */
export function shownDocument({ number, ...document }: IdentityDocument): IdentityDocument {
  return { ...document, number: number === null ? null : maskDocumentNumber(number) };
}

function nameFor(role: Role, name: string): string {
  return NAMES_IN_CLEAR.includes(role) ? name : maskName(name);
}
