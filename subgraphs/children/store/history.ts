import type { Sight } from '../../../kernel/rules/sight.ts';
import type { Area } from '../../../kernel/rules/viewer.ts';
import { reaches, within } from '../../../kernel/store/area.ts';
import { toBytes } from '../../../kernel/store/ids.ts';
import { unsealed, type Eyes } from '../../../kernel/store/sealed-children.ts';
import { all, many, raw, sql } from '../../../kernel/store/sql.ts';
import type { ChildChange, ChildVersion } from '../model.ts';
import type { ChildStore } from './store.ts';

export interface ChangeFilter {
  readonly area: Area;
  /** Only what this institution has stated. */
  readonly institution: string | null;
}

/** The place columns of a holder `h` where the statement names another table with such columns. */
export const HOLDER = {
  PROVINCE: 'h.province_code',
  CITY: 'h.city_code',
  COUNTY: 'h.county_code',
  INSTITUTION: 'h.institution_code',
};

const bytes = (ids: readonly string[]) => many(ids.map(toBytes));

const changes = ({ area, institution }: ChangeFilter, eyes: Eyes) =>
  all([
    within(area),
    institution === null ? raw('TRUE') : sql`institution_code = ${institution}`,
    unsealed(eyes, 'child_change.child_id'),
  ]);

/** What was before. */
export const historyQueries = ({ reader, tables }: Pick<ChildStore, 'reader' | 'tables'>, eyes: Eyes) => ({
  versionsOf: (childId: string): Promise<ChildVersion[]> =>
    reader.rows(tables.childVersion, sql`WHERE child_id = ${toBytes(childId)} ORDER BY version`),
  /**
   * What the children were, as far as a holder within the area may know: since it holds the child, or all of it
   * where the child was moved to it, for then the archive came along.
   */
  versionsWithin: (sight: Sight, ids: readonly string[]): Promise<ChildVersion[]> =>
    reader.rows(
      tables.childVersion,
      sql`WHERE child_id IN (${bytes(ids)}) AND EXISTS (SELECT 1 FROM child_holder h
          WHERE h.child_id = child_version.child_id AND h.until_on IS NULL AND ${reaches(sight, 'h.child_id', HOLDER)}
          AND (h.moved_on IS NOT NULL OR h.held_since <= child_version.until)) ORDER BY child_id, version`,
    ),
  /** What institutions within the area have stated before. */
  changesByChild: (sight: Sight, ids: readonly string[]): Promise<ChildChange[]> =>
    reader.rows(
      tables.childChange,
      sql`WHERE child_id IN (${bytes(ids)}) AND ${reaches(sight, 'child_id')} ORDER BY child_id, id`,
    ),
  /** The newest first. */
  changesWithin: (filter: ChangeFilter, limit: number, before: string | null): Promise<ChildChange[]> => {
    const keyset = before === null ? raw('TRUE') : sql`id < ${toBytes(before)}`;
    return reader.rows(
      tables.childChange,
      sql`WHERE ${changes(filter, eyes)} AND ${keyset} ORDER BY id DESC LIMIT ${limit}`,
    );
  },
  async countChanges(filter: ChangeFilter): Promise<number> {
    const rows = await reader.select<{ n: unknown }>(
      sql`SELECT COUNT(*) AS n FROM child_change WHERE ${changes(filter, eyes)}`,
    );
    return Number(rows[0]!.n);
  },
});
