import type { Deps } from './deps.ts';

/**
 * By record, the children of those that were cancelled as its duplicates, and as duplicates of these. Their papers are its
 * child's papers: there is one child.
 */
export async function duplicatesOf(
  { queries }: Pick<Deps, 'queries'>,
  recordIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const into = new Map(recordIds.map((id) => [id, id]));
  const children = new Map<string, string[]>();
  for (let next = [...recordIds]; next.length > 0;) {
    const found = await queries.recordsMergedInto(next);
    for (const { id, childId, mergedInto } of found) {
      const survivor = into.get(mergedInto!)!;
      into.set(id, survivor);
      children.set(survivor, [...(children.get(survivor) ?? []), childId]);
    }
    next = found.map(({ id }) => id);
  }
  return children;
}
