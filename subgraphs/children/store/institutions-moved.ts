import { Conflict } from '../../../kernel/store/errors.ts';
import { many, sql } from '../../../kernel/store/sql.ts';
import type { Transaction } from '../../../kernel/store/rows.ts';
import type { ChildStore } from './store.ts';

/** Keeps that an institution has changed; what is kept already, or later than this, stays. */
export async function keepMoved(
  { reader, tables, transaction }: ChildStore,
  institutionCode: string,
  seq: number,
): Promise<void> {
  for (;;) {
    const [last] = await reader.rows(
      tables.institutionMoved,
      sql`WHERE institution_code = ${institutionCode}`,
    );
    if (last && last.seq >= seq) return;
    try {
      return await transaction(async (tx) => {
        await tx.execute(
          sql`DELETE FROM institution_moved WHERE institution_code = ${institutionCode} AND seq < ${seq}`,
        );
        await tx.insert(tables.institutionMoved, [{ institutionCode, seq }]);
      });
    } catch (error) {
      // Told twice at once: look again.
      if (!(error instanceof Conflict)) throw error;
    }
  }
}

/** Throws Conflict where one of the institutions has changed since it had that version. */
export async function notMovedSince(
  { tables }: Pick<ChildStore, 'tables'>,
  tx: Transaction,
  institutions: readonly { readonly code: string; readonly version: number }[],
): Promise<void> {
  const versions = new Map(institutions.map(({ code, version }) => [code, version]));
  if (versions.size === 0) return;
  const moved = await tx.rows(
    tables.institutionMoved,
    sql`WHERE institution_code IN (${many([...versions.keys()])})`,
  );
  if (moved.some(({ institutionCode, seq }) => seq > versions.get(institutionCode)!)) throw new Conflict();
}
