import type { Area } from '../../../kernel/rules/viewer.ts';
import type { RegionLevel } from '../../../kernel/rules/regions.ts';
import { within } from '../../../kernel/store/area.ts';
import { toBytes } from '../../../kernel/store/ids.ts';
import { all, many, raw, sql } from '../../../kernel/store/sql.ts';
import type {
  Class,
  Institution,
  InstitutionStatus,
  InstitutionVersion,
  Region,
  RegionChange,
} from '../model.ts';
import type { InstitutionStore } from './store.ts';

export interface InstitutionFilter {
  readonly area: Area;
  readonly status: InstitutionStatus | null;
}

const filtered = ({ area, status }: InstitutionFilter) =>
  all([within(area, { INSTITUTION: 'code' }), status === null ? raw('TRUE') : sql`status = ${status}`]);

/** Every read of this subgraph. */
export function institutionQueries({ reader, tables }: InstitutionStore) {
  return {
    regionsByCode: (codes: readonly string[]) =>
      reader.rows(tables.region, sql`WHERE code IN (${many(codes)})`),
    regionsByParent: (codes: readonly string[]) =>
      reader.rows(tables.region, sql`WHERE parent_code IN (${many(codes)}) ORDER BY code`),
    regions: (level: RegionLevel | null, parent: string | null): Promise<Region[]> => {
      const conditions = [
        level === null ? raw('TRUE') : sql`level = ${level}`,
        parent === null ? raw('TRUE') : sql`parent_code = ${parent}`,
      ];
      return reader.rows(tables.region, sql`WHERE ${all(conditions)} ORDER BY code LIMIT 4000`);
    },
    institutionsById: (ids: readonly string[]) =>
      reader.rows(tables.institution, sql`WHERE id IN (${many(ids.map(toBytes))})`),
    institutionsByCode: (codes: readonly string[]) =>
      reader.rows(tables.institution, sql`WHERE code IN (${many(codes)})`),
    /** All under these county authorities; an institution's region is the one its authority sits in. */
    institutionsInRegions: (codes: readonly string[]): Promise<Institution[]> =>
      reader.rows(tables.institution, sql`WHERE county_code IN (${many(codes)}) ORDER BY id`),
    institutions: (
      filter: InstitutionFilter,
      limit: number,
      after: string | null,
    ): Promise<Institution[]> => {
      const keyset = after === null ? raw('TRUE') : sql`id > ${toBytes(after)}`;
      return reader.rows(
        tables.institution,
        sql`WHERE ${filtered(filter)} AND ${keyset} ORDER BY id LIMIT ${limit}`,
      );
    },
    async countInstitutions(filter: InstitutionFilter): Promise<number> {
      const rows = await reader.select<{ n: unknown }>(
        sql`SELECT COUNT(*) AS n FROM institution WHERE ${filtered(filter)}`,
      );
      return Number(rows[0]!.n);
    },
    versionsByInstitution: (ids: readonly string[]): Promise<InstitutionVersion[]> =>
      reader.rows(
        tables.institutionVersion,
        sql`WHERE institution_id IN (${many(ids.map(toBytes))}) ORDER BY institution_id, seq`,
      ),
    /** Abolished regions: few, so that who came before a region is found among them all. */
    regionsWithSuccessors: (): Promise<Region[]> =>
      reader.rows(tables.region, sql`WHERE successors <> '[]' ORDER BY code`),
    allRegions: (): Promise<Region[]> => reader.rows(tables.region, sql`ORDER BY code`),
    regionChanges: (): Promise<RegionChange[]> => reader.rows(tables.regionChange, sql`ORDER BY seq`),
    classesById: (ids: readonly string[]) =>
      reader.rows(tables.class, sql`WHERE id IN (${many(ids.map(toBytes))})`),
    classesByInstitution: (ids: readonly string[]): Promise<Class[]> =>
      reader.rows(
        tables.class,
        sql`WHERE institution_id IN (${many(ids.map(toBytes))}) ORDER BY institution_id, school_year, name`,
      ),
  };
}
export type InstitutionQueries = ReturnType<typeof institutionQueries>;
