import type { Area, AreaLevel } from '../rules/viewer.ts';
import type { Sight } from '../rules/sight.ts';
import { toBytes } from './ids.ts';
import { many, raw, sql, type Sql } from './sql.ts';

const COLUMN: Readonly<Record<Exclude<AreaLevel, 'NATION'>, string>> = {
  PROVINCE: 'province_code',
  CITY: 'city_code',
  COUNTY: 'county_code',
  INSTITUTION: 'institution_code',
};

/**
 * The SQL twin of `covers`: which rows of a table with place columns lie in the area.
 * `columns` renames a column for tables that call it otherwise.
 */
export function within(area: Area, columns: Partial<typeof COLUMN> = {}): Sql {
  if (area.level === 'NATION') return raw('TRUE');
  return sql`${raw(columns[area.level] ?? COLUMN[area.level])} = ${area.code}`;
}

/** The same for what is looked up by its key: also where the child in the column is opened to the viewer. */
export function reaches(sight: Sight, child: string, columns: Partial<typeof COLUMN> = {}): Sql {
  if (!sight.opened?.length) return within(sight, columns);
  return sql`(${within(sight, columns)} OR ${openedIn(sight, child)})`;
}

export const openedIn = ({ opened = [] }: Sight, child: string): Sql =>
  sql`${raw(child)} IN (${many(opened.map(toBytes))})`;
