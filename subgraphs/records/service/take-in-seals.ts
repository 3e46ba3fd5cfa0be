import { applySeals, type SealedChild } from '../../../kernel/store/sealed-children.ts';
import type { Deps } from './deps.ts';

/** Takes in which children are sealed, in the chains of the counties that have their records. */
export async function takeInSeals(
  { store, queries }: Pick<Deps, 'store' | 'queries'>,
  seals: readonly SealedChild[],
): Promise<void> {
  const records = await queries.recordsByChild(seals.map(({ childId }) => childId));
  const counties = new Map(records.map(({ childId, countyCode }) => [childId, countyCode]));
  await store.transaction((tx) => applySeals(tx, store.tables, seals, counties));
}
