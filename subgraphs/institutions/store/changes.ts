import { fromBytes, toBytes } from '../../../kernel/store/ids.ts';
import { many, sql } from '../../../kernel/store/sql.ts';
import type { InstitutionChange } from '../model.ts';
import type { InstitutionStore } from './store.ts';

const INSTITUTIONS_PER_ROUND = 100;

/** The outbox: what neighbours have not been told yet, or are to be told once more. */
export function changeQueries({ dialect, reader, tables, transaction }: InstitutionStore) {
  const instant = (at: Date) => (dialect === 'sqlite' ? at.toISOString() : at);
  return {
    /** Due changes of some institutions, those that wait longest; of each institution in the order it changed. */
    async dueChanges(now: Date): Promise<InstitutionChange[]> {
      const waiting = await reader.select<{ institution_id: Uint8Array }>(
        sql`SELECT institution_id, MIN(next_at) AS since FROM institution_change WHERE next_at <= ${instant(now)}
            GROUP BY institution_id ORDER BY since, institution_id LIMIT ${INSTITUTIONS_PER_ROUND}`,
      );
      if (waiting.length === 0) return [];
      const ids = waiting.map(({ institution_id }) => fromBytes(institution_id));
      const due = await reader.rows(
        tables.institutionChange,
        sql`WHERE institution_id IN (${many(ids.map(toBytes))}) AND next_at <= ${instant(now)} ORDER BY institution_id, seq`,
      );
      const rank = new Map(ids.map((id, i) => [id, i]));
      return due.sort((a, b) => rank.get(a.institutionId)! - rank.get(b.institutionId)!);
    },
    /** Notes a delivery; the first one is repeated at `again`, where it is to be repeated at all. */
    async delivered(changes: readonly InstitutionChange[], now: Date, again: Date): Promise<void> {
      if (changes.length === 0) return;
      const ids = many(changes.map(({ id }) => toBytes(id)));
      // The MySQL family sets columns one after the other, so what looks at delivered_at comes before it.
      await transaction((tx) =>
        tx.execute(
          sql`UPDATE institution_change
              SET next_at = CASE WHEN delivered_at IS NULL AND kind IN ('MOVED', 'MERGED') THEN ${instant(again)} END,
                  delivered_at = COALESCE(delivered_at, ${instant(now)})
              WHERE id IN (${ids})`,
        ),
      );
    },
    /** When the next delivery is due; null when nothing waits. */
    async nextDelivery(): Promise<Date | null> {
      const [next] = await reader.rows(
        tables.institutionChange,
        sql`WHERE next_at IS NOT NULL ORDER BY next_at, id LIMIT 1`,
      );
      return next?.nextAt ?? null;
    },
  };
}
export type ChangeQueries = ReturnType<typeof changeQueries>;
