import { maskDocumentNumber, maskName, maskPhone, maskWholly } from '../../../kernel/rules/masking.ts';
import type { KeyField } from '../../../kernel/rules/key-fields.ts';
import type { Role } from '../../../kernel/rules/viewer.ts';
import type {
  Child,
  ChildChange,
  ChildVersion,
  Guardian,
  IdentityDocument,
  KeyFacts,
  NamedGuardian,
} from '../model.ts';
import { changedKeys } from './correcting.ts';

/**
 * Those who work with the child itself: they read its name and may compare the end of a number with the paper.
 * Whoever supervises, and every neighbour, reads a masked name and no character of a number.
 */
const WORK_WITH_IT: readonly Role[] = ['KINDERGARTEN', 'COUNTY'];

/** The child as this viewer may see it, ready to be read field by field. */
export type ShownChild = Child;

export const shownChild = (child: Child, role: Role): ShownChild => ({
  ...child,
  name: nameFor(role, child.name),
});

/** What a child was until a correction, masked as what it is. */
export interface ShownVersion extends Omit<ChildVersion, 'documentKind' | 'documentNumber'> {
  readonly document: Pick<IdentityDocument, 'kind' | 'number' | 'issuedBy'>;
  readonly changed: readonly KeyField[];
}

/** Versions in order up to the child as it is; each with what the correction that ended it changed. */
export function shownVersions(versions: readonly ChildVersion[], now: KeyFacts, role: Role): ShownVersion[] {
  return versions.map((version, i) => {
    const { documentKind: kind, documentNumber: number, ...was } = version;
    return {
      ...was,
      name: nameFor(role, was.name),
      document: { kind, number: numberFor(role, number), issuedBy: null },
      changed: changedKeys(version, versions[i + 1] ?? now),
    };
  });
}

/** What an institution stated until it changed it, masked as what it states now. */
export const shownChange = (change: ChildChange, role: Role): ChildChange => ({
  ...change,
  guardians: change.guardians.map((one) => shownGuardian(one, role)),
});

export function shownGuardian<G extends NamedGuardian>(guardian: G, role: Role): G {
  const { name, phone } = guardian;
  return { ...guardian, name: nameFor(role, name), phone: phone === null ? null : maskPhone(phone) };
}

/** What several institutions have said alike is shown once. */
export function shownGuardians(guardians: readonly Guardian[], role: Role): Guardian[] {
  const said = ({ relation, name, phone }: Guardian) => JSON.stringify([relation, name, phone]);
  const once = new Map([...guardians].reverse().map((one) => [said(one), one]));
  return guardians.filter((one) => once.get(said(one)) === one).map((one) => shownGuardian(one, role));
}

/** Numbers are masked for everybody: who holds the paper can read it there. */
export const shownDocument = (document: IdentityDocument, role: Role): IdentityDocument => ({
  ...document,
  number: numberFor(role, document.number),
});

function numberFor(role: Role, number: string | null): string | null {
  const mask = WORK_WITH_IT.includes(role) ? maskDocumentNumber : maskWholly;
  return number === null ? null : mask(number);
}

function nameFor(role: Role, name: string): string {
  return WORK_WITH_IT.includes(role) ? name : maskName(name);
}
