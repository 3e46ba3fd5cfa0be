import { raw, sql } from '../../../kernel/store/sql.ts';
import type { Region } from '../model.ts';
import type { InstitutionStore } from './store.ts';

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
