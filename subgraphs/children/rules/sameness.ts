import { normalise } from '../../../kernel/rules/identity-document.ts';
import { comparedName } from '../../../kernel/rules/person-name.ts';
import type { DocumentKind } from '../../../kernel/rules/code-sets/document-kind.ts';
import type { KeyFacts } from '../model.ts';
import type { NewChild } from './new-child.ts';

// What must be equal for two entries to mean the same child. Only digests of these texts are stored.

/** Name, sex and birth date; expects a child without errors. */
export function likenessText({ name, sex, bornOn }: Pick<NewChild, 'name' | 'sex' | 'bornOn'>): string {
  return [comparedName(name), sex, bornOn].join('|');
}

/** Kind and normalised number; null where there is no number to go by. */
export function documentText(kind: DocumentKind, number: string | null): string | null {
  const normal = kind === 'NONE' ? null : normalise(kind, number);
  return normal === null ? null : `${kind}|${normal}`;
}

/** By the document, or without one by the child's likeness and the first guardian's name. */
export function identityOf(child: KeyFacts, firstGuardian: string): string {
  const byDocument = documentText(child.documentKind, child.documentNumber);
  return byDocument ?? ['NONE', likenessText(child), comparedName(firstGuardian)].join('|');
}

/** The same of an entry. */
export const identityText = (child: NewChild): string => identityOf(child, child.guardians[0]?.name ?? '');
