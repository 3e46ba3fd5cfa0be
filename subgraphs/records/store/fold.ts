import type { Transaction } from '../../../kernel/store/rows.ts';
import { toBytes } from '../../../kernel/store/ids.ts';
import { Conflict } from '../../../kernel/store/errors.ts';
import { join, many, raw, sql } from '../../../kernel/store/sql.ts';
import type { CountDelta } from '../model.ts';
import { dimensionsOf } from './counts.ts';
import type { RecordStore } from './store.ts';
import type { FoldedCount } from './tables.ts';

const DELTAS_PER_FOLD = 5000;
const ROWS_PER_STATEMENT = 500;

/**
 * Folds appended changes into the county, city, province and nation rows; answers how many it folded.
 * One folder at a time by the lease row's lock; rows are touched in key order, so folders cannot deadlock.
 */
export function foldCounts(store: RecordStore): Promise<number> {
  return store.transaction(async (tx) => {
    await takeLease(store, tx);
    const deltas = await tx.rows(store.tables.countDelta, sql`ORDER BY id LIMIT ${DELTAS_PER_FOLD}`);
    if (deltas.length === 0) return 0;
    await bump(store, tx, foldedRows(deltas));
    const ids = deltas.map(({ id }) => toBytes(id));
    const gone = await tx.execute(sql`DELETE FROM count_delta WHERE id IN (${many(ids)})`);
    // Somebody else has folded some of them: undo, or they would count twice.
    if (gone !== deltas.length) throw new Conflict();
    return deltas.length;
  });
}

async function takeLease(store: RecordStore, tx: Transaction): Promise<void> {
  const lite = store.dialect === 'sqlite';
  const ignore = raw(lite ? 'OR IGNORE' : 'IGNORE');
  await tx.execute(
    sql`INSERT ${ignore} INTO count_lease (id, folded_at) VALUES (1, ${'2026-01-01 00:00:00.000'})`,
  );
  await tx.select(sql`SELECT id FROM count_lease WHERE id = 1 ${raw(lite ? '' : 'FOR UPDATE')}`);
}

/** Every delta counts once at each level of its path; equal cells are added up. */
export function foldedRows(deltas: readonly CountDelta[]): FoldedCount[] {
  const cells = new Map<string, FoldedCount>();
  for (const delta of deltas) {
    const { provinceCode, cityCode, countyCode, ...dims } = dimensionsOf(delta);
    const path = [
      { level: 'NATION', regionCode: '000000', provinceCode: null, cityCode: null, countyCode: null },
      { level: 'PROVINCE', regionCode: provinceCode, provinceCode, cityCode: null, countyCode: null },
      // A province-run county has no city and is its own unit below the province.
      {
        level: 'CITY',
        regionCode: cityCode ?? countyCode,
        provinceCode,
        cityCode,
        countyCode: cityCode === null ? countyCode : null,
      },
      { level: 'COUNTY', regionCode: countyCode, provinceCode, cityCode, countyCode },
    ];
    for (const region of path) {
      const cell = { ...region, ...dims };
      const key = JSON.stringify(cell);
      cells.set(key, { ...cell, n: (cells.get(key)?.n ?? 0) + delta.delta } as unknown as FoldedCount);
    }
  }
  return [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell);
}

const COLUMNS =
  'level, region_code, birth_cohort, sex, class_level, ownership, urban_rural, province_code, city_code, county_code, n';
const KEY = 'level, region_code, birth_cohort, sex, class_level, ownership, urban_rural';

async function bump(store: RecordStore, tx: Transaction, rows: readonly FoldedCount[]): Promise<void> {
  const lite = store.dialect === 'sqlite';
  const came = (column: string) => (lite ? `excluded.${column}` : `VALUES(${column})`);
  const had = (column: string) => (lite ? `enrolment_count.${column}` : column);
  // A region may be put under another one: its cells are then where children come in, not where they go.
  const path = ['province_code', 'city_code'].map(
    (column) => `${column} = CASE WHEN ${came('n')} > 0 THEN ${came(column)} ELSE ${had(column)} END`,
  );
  const onDuplicate = `${lite ? `ON CONFLICT (${KEY}) DO UPDATE SET` : 'ON DUPLICATE KEY UPDATE'}
    ${path.join(', ')}, n = ${had('n')} + ${came('n')}`;
  for (let i = 0; i < rows.length; i += ROWS_PER_STATEMENT) {
    const chunk = rows.slice(i, i + ROWS_PER_STATEMENT);
    const values = chunk.map(
      (r) =>
        sql`(${r.level},${r.regionCode},${r.birthCohort},${r.sex},${r.classLevel},${r.ownership},${r.urbanRural},${r.provinceCode},${r.cityCode},${r.countyCode},${r.n})`,
    );
    await tx.execute(
      sql`INSERT INTO enrolment_count (${raw(COLUMNS)}) VALUES ${join(values, ',')} ${raw(onDuplicate)}`,
    );
  }
}
