import type { Area, AreaLevel } from '../rules/viewer.ts';
import { raw, sql, type Sql } from './sql.ts';

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
