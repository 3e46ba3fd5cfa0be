import { maskDocumentNumber, maskName, maskPhone, maskWholly } from '../../../kernel/rules/masking.ts';
import type { KeyField } from '../../../kernel/rules/key-fields.ts';
import type { Look, PersonalField } from '../../../kernel/rules/purposes.ts';
import type { ChildVersion, Guardian, IdentityDocument, KeyFacts } from '../model.ts';
import { changedKeys } from './correcting.ts';

const whole = (plain: string) => plain;

/**
 * How the personal fields of this subgraph look. Even opened, a document shows its last four characters, to compare
 * with the paper: whoever holds that can read it there. Closed, not even those: beside birth date, sex and region
 * they would give a resident ID away.
 */
export const LOOKS = {
  CHILD_NAME: { masked: maskName, open: whole },
  DOCUMENT_NUMBER: { masked: maskWholly, open: maskDocumentNumber },
  GUARDIAN_NAME: { masked: maskName, open: whole },
  GUARDIAN_PHONE: { masked: maskPhone, open: whole },
} as const satisfies Partial<Record<PersonalField, Look>>;

/** What a child was until a correction, with its document as one thing. */
export interface ShownVersion extends Omit<ChildVersion, 'documentKind' | 'documentNumber'> {
  readonly document: Pick<IdentityDocument, 'childId' | 'kind' | 'number' | 'issuedBy'>;
  readonly changed: readonly KeyField[];
}

/** Versions in order up to the child as it is; each with what the correction that ended it changed. */
export function shownVersions(versions: readonly ChildVersion[], now: KeyFacts): ShownVersion[] {
  return versions.map((version, i) => {
    const { documentKind: kind, documentNumber: number, ...was } = version;
    const document = { childId: was.childId, kind, number, issuedBy: null };
    return { ...was, document, changed: changedKeys(version, versions[i + 1] ?? now) };
  });
}

/** What several institutions have said alike is shown once. */
export function saidOnce(guardians: readonly Guardian[]): Guardian[] {
  const said = ({ relation, name, phone }: Guardian) => JSON.stringify([relation, name, phone]);
  const once = new Map([...guardians].reverse().map((one) => [said(one), one]));
  return guardians.filter((one) => once.get(said(one)) === one);
}
