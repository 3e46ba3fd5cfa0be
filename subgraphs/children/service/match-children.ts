import type { DocumentKind } from '../../../kernel/rules/code-sets/document-kind.ts';
import { isId } from '../../../kernel/rules/ids.ts';
import { matchOf, type Match, type Written } from '../rules/matching.ts';
import { documentText } from '../rules/sameness.ts';
import type { ChildQueries } from '../store/queries.ts';

/** Which child is meant, by its id or by the very document; and what is written of it elsewhere. */
export interface MatchQuestion extends Partial<Written> {
  readonly childId?: string | null;
  readonly documentKind?: DocumentKind | null;
  readonly documentNumber?: string | null;
}

/**
 * Holds what is written of children elsewhere against what is known here, in order; null where no child is meant. One
 * statement whatever is asked, and what can be no number is asked like one that is nobody's.
 */
export async function matchChildren(
  queries: ChildQueries,
  questions: readonly MatchQuestion[],
): Promise<(Match | null)[]> {
  const digests = questions.map(({ documentKind, documentNumber }) =>
    documentKind == null
      ? null
      : queries.digestOf('document', documentText(documentKind, documentNumber ?? null) ?? ''),
  );
  const ids = questions.flatMap(({ childId }) => (childId != null && isId(childId) ? [childId] : []));
  const found = await queries.childrenMeant([...new Set(digests.flatMap((one) => one ?? []))], ids);
  const byId = new Map(found.map(({ child }) => [child.id, child]));
  const byDigest = new Map(found.map(({ digest, child }) => [digest, child]));
  return questions.map(({ childId, name = null, sex = null, bornOn = null }, i) => {
    const child = digests[i] === null ? byId.get(childId ?? '') : byDigest.get(digests[i]!);
    return child ? matchOf(child, { name, sex, bornOn }) : null;
  });
}
