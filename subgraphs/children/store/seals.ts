import { EntitySchema } from 'typeorm';
import { toBytes } from '../../../kernel/store/ids.ts';
import type { Kit } from '../../../kernel/store/kit.ts';
import type { SealedChild } from '../../../kernel/store/sealed-children.ts';
import { many, sql } from '../../../kernel/store/sql.ts';
import type { ChildSeal } from '../model.ts';
import type { ChildStore } from './store.ts';

/** Migration 6. */
export const childSealColumns = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  childId: kit.id(),
  seq: kit.int(),
  act: kit.text(10),
  ground: kit.text(20),
  // The order a court or the police gave, by its own number.
  reference: kit.sealed('child_seal.reference', { characters: 100 }),
  areaLevel: kit.text(12),
  areaCode: kit.text(10),
  account: kit.text(80),
  at: kit.instant(),
  toldAt: kit.instant({ nullable: true }),
});

export const CHILD_SEAL_INDICES = [
  { name: 'child_seal_child', columns: ['childId', 'seq'], unique: true },
  { name: 'child_seal_told', columns: ['toldAt', 'id'] },
];

export const childSealTable = (kit: Kit) =>
  new EntitySchema<ChildSeal>({
    name: 'child_seal',
    columns: childSealColumns(kit),
    indices: CHILD_SEAL_INDICES,
  });

/** Those that are sealed, whoever asks. */
export const sealedAmong =
  ({ reader, tables }: Pick<ChildStore, 'reader' | 'tables'>) =>
  (childIds: readonly string[]): Promise<SealedChild[]> =>
    reader.rows(tables.sealedChild, sql`WHERE child_id IN (${many(childIds.map(toBytes))}) AND sealed = 1`);

export function sealQueries({ reader, tables, transaction }: ChildStore) {
  return {
    /** Every act on each child, in order. */
    sealsOf: (childIds: readonly string[]): Promise<ChildSeal[]> =>
      reader.rows(
        tables.childSeal,
        sql`WHERE child_id IN (${many(childIds.map(toBytes))}) ORDER BY child_id, seq`,
      ),
    /** What the neighbours have not been told yet, in the order it was done. */
    untold: (limit: number): Promise<ChildSeal[]> =>
      reader.rows(tables.childSeal, sql`WHERE told_at IS NULL ORDER BY id LIMIT ${limit}`),
    told: (ids: readonly string[], at: Date): Promise<number> =>
      transaction((tx) => tx.set(tables.childSeal, { toldAt: at }, sql`id IN (${many(ids.map(toBytes))})`)),
  };
}
export type SealQueries = ReturnType<typeof sealQueries>;
