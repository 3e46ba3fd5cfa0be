import type { Area } from '../../../kernel/rules/viewer.ts';
import { within } from '../../../kernel/store/area.ts';
import { newId } from '../../../kernel/store/ids.ts';
import type { Transaction } from '../../../kernel/store/rows.ts';
import { SHIELDED, type Eyes } from '../../../kernel/store/sealed-children.ts';
import { all, join, raw, sql, type Sql } from '../../../kernel/store/sql.ts';
import type { CountDelta, CountDimension, CountDimensions, Placement } from '../model.ts';
import { unsealedRecord } from './sealed.ts';
import type { RecordStore } from './store.ts';

/** The column behind each dimension. */
export const DIMENSION_COLUMNS = {
  PROVINCE: 'province_code',
  // Units right below the province: a province-run county has no city, so it stands for itself.
  CITY: 'COALESCE(city_code, county_code)',
  COUNTY: 'county_code',
  AGE: 'birth_cohort',
  SEX: 'sex',
  CLASS_LEVEL: 'class_level',
  OWNERSHIP: 'ownership',
  URBAN_RURAL: 'urban_rural',
} as const satisfies Record<CountDimension, string>;

export interface CountRow {
  /** One value for each dimension asked for, in that order. */
  readonly values: readonly (string | number)[];
  readonly count: number;
}

export interface CountQuery {
  readonly by: readonly CountDimension[];
  readonly area: Area;
  /** Equalities on further dimensions. */
  readonly where: { readonly [D in CountDimension]?: string | number };
}

const DIMS = 'birth_cohort, sex, class_level, ownership, urban_rural';
const PLACE = 'province_code, city_code, county_code';

/** The finest region level the question needs, so that the nation is not summed from its counties. */
function levelOf({ by, area }: CountQuery): string {
  const asked = [...by, area.level];
  return ['COUNTY', 'CITY', 'PROVINCE'].find((level) => (asked as string[]).includes(level)) ?? 'NATION';
}

/** Grouped sums over any source with the place and dimension columns and a number `n`. */
function grouped(source: Sql, { by, area, where }: CountQuery): Sql {
  const columns = by.map((dimension, i) => raw(`${DIMENSION_COLUMNS[dimension]} AS d${i}`));
  const keys = by.map((dimension) => raw(DIMENSION_COLUMNS[dimension]));
  const equal = Object.entries(where).map(
    ([dimension, value]) => sql`${raw(DIMENSION_COLUMNS[dimension as CountDimension])} = ${value}`,
  );
  const condition = all([within(area), ...equal]);
  const groupBy = by.length === 0 ? raw('') : sql`GROUP BY ${join(keys, ', ')} ORDER BY ${join(keys, ', ')}`;
  return sql`SELECT ${join([...columns, raw('SUM(n) AS n')], ', ')} FROM (${source}) AS counted WHERE ${condition} ${groupBy}`;
}

/**
 * What is kept counts every child. Whoever may not see sealed ones is told the count without them, so that it agrees
 * with what they can list: each such stay is taken off again.
 */
const withheld = ({ seeSealed }: Eyes): Sql =>
  seeSealed
    ? raw('')
    : sql`UNION ALL SELECT ${raw(PLACE)}, ${raw(DIMS)}, -1 AS n FROM placement WHERE until_on IS NULL AND record_id IN
        (SELECT r.id FROM sealed_child s JOIN record r ON r.child_id = s.child_id WHERE s.sealed = 1)`;

export function countQueries({ reader }: RecordStore, eyes: Eyes = SHIELDED) {
  const ask = async (query: Sql, { by }: CountQuery): Promise<CountRow[]> => {
    const rows = await reader.select(query);
    return rows
      .map((row) => ({
        values: by.map((_, i) => row[`d${i}`] as string | number),
        count: Number(row['n'] ?? 0),
      }))
      .filter(({ count }) => by.length === 0 || count !== 0);
  };
  return {
    /** Exact now: folded rows plus what is not folded yet, read in one statement and so at one moment. */
    countNow: (query: CountQuery): Promise<CountRow[]> => {
      const level = levelOf(query);
      const folded = sql`SELECT ${raw(PLACE)}, ${raw(DIMS)}, n FROM enrolment_count WHERE level = ${level}`;
      const fresh = sql`SELECT ${raw(PLACE)}, ${raw(DIMS)}, delta AS n FROM count_delta`;
      return ask(grouped(sql`${folded} UNION ALL ${fresh} ${withheld(eyes)}`, query), query);
    },
    /** Counted anew from the placements, as they stood on a day. Reads every placement of the area. */
    recount: (query: CountQuery, on: string): Promise<CountRow[]> => {
      const stays = sql`SELECT ${raw(PLACE)}, institution_code, ${raw(DIMS)}, 1 AS n FROM placement
        WHERE ${within(query.area)} AND from_on <= ${on} AND (until_on IS NULL OR until_on > ${on})
          AND ${unsealedRecord(eyes, 'placement.record_id')}`;
      return ask(grouped(stays, query), query);
    },
  };
}
export type CountQueries = ReturnType<typeof countQueries>;

/** Notes changes to the counts in the act's own transaction: equal ones together, so a batch costs few rows. */
export async function appendDeltas(
  store: RecordStore,
  tx: Transaction,
  changes: readonly { of: Placement; delta: number }[],
): Promise<void> {
  const sums = new Map<string, CountDelta>();
  for (const { of, delta } of changes) {
    const dimensions = dimensionsOf(of);
    const key = JSON.stringify(dimensions);
    const earlier = sums.get(key);
    sums.set(key, { ...dimensions, id: earlier?.id ?? newId(), delta: (earlier?.delta ?? 0) + delta });
  }
  await tx.insert(
    store.tables.countDelta,
    [...sums.values()].filter(({ delta }) => delta !== 0),
  );
}

/** Only the dimensions of a row that has more. */
export function dimensionsOf(row: CountDimensions): CountDimensions {
  const { provinceCode, cityCode, countyCode, birthCohort, sex, classLevel, ownership, urbanRural } = row;
  return { provinceCode, cityCode, countyCode, birthCohort, sex, classLevel, ownership, urbanRural };
}
