import { Conflict } from '../../../kernel/store/errors.ts';
import type { Transaction } from '../../../kernel/store/rows.ts';
import { many, raw, sql } from '../../../kernel/store/sql.ts';
import type { Region } from '../model.ts';
import type { InstitutionStore } from './store.ts';

/**
 * Keeps regions standing until the transaction ends, or throws Conflict: for what is put into them, so that
 * nothing comes into a region while it is abolished.
 */
export async function holdRegions(tx: Transaction, codes: readonly string[]): Promise<void> {
  const distinct = [...new Set(codes)];
  if (distinct.length === 0) return;
  const standing = sql`UPDATE region SET level = level WHERE code IN (${many(distinct)}) AND valid_to IS NULL`;
  if ((await tx.execute(standing)) !== distinct.length) throw new Conflict();
}

/** Puts regions as they are now in the place of what they were. */
export async function replaceRegions(
  tx: Transaction,
  { tables }: Pick<InstitutionStore, 'tables'>,
  regions: readonly Region[],
): Promise<void> {
  if (regions.length === 0) return;
  await tx.execute(sql`DELETE FROM region WHERE code IN (${many(regions.map(({ code }) => code))})`);
  await tx.insert(tables.region, regions.map(rowOf));
}

/** Brings the region table to the tree given, all at once; says whether anything changed. */
export async function loadRegions(
  { reader, tables, transaction }: InstitutionStore,
  tree: readonly Region[],
): Promise<boolean> {
  const stored = await reader.rows(tables.region, sql`ORDER BY code`);
  const wanted = [...tree].sort((a, b) => (a.code < b.code ? -1 : 1)).map(rowOf);
  if (JSON.stringify(stored) === JSON.stringify(wanted)) return false;
  await transaction(async (tx) => {
    await tx.execute(raw('DELETE FROM region'));
    await tx.insert(tables.region, wanted);
  });
  return true;
}

const rowOf = (region: Region): Region => ({
  code: region.code,
  name: region.name,
  fullName: region.fullName,
  level: region.level,
  parentCode: region.parentCode,
  provinceCode: region.provinceCode,
  cityCode: region.cityCode,
  countyCode: region.countyCode,
  validFrom: region.validFrom,
  validTo: region.validTo,
  successors: region.successors,
  originOnly: region.originOnly,
  hasCountyAuthority: region.hasCountyAuthority,
});
