import type { Area, Viewer } from '../../../kernel/rules/viewer.ts';
import { within } from '../../../kernel/store/area.ts';
import { toBytes } from '../../../kernel/store/ids.ts';
import type { Transaction } from '../../../kernel/store/rows.ts';
import { SHIELDED, unsealed, type Eyes } from '../../../kernel/store/sealed-children.ts';
import { all, many, raw, sql, type Sql } from '../../../kernel/store/sql.ts';
import type { PrimarySchool, TakeOver, TakeOverSides, TakeOverState } from '../model.ts';
import type { PrimaryLinkStore } from './store.ts';

export interface SchoolFilter {
  readonly area: Area;
  readonly status: PrimarySchool['status'] | null;
}

export interface TakeOverFilter {
  readonly viewer: Viewer;
  readonly state: TakeOverState | null;
  readonly school: string | null;
  readonly institution: string | null;
}

const ids = (list: readonly string[]) => many(list.map(toBytes));
const after = (id: string | null) => (id === null ? raw('TRUE') : sql`id > ${toBytes(id)}`);

const SCHOOL_COLUMNS = {
  PROVINCE: 'school_province_code',
  CITY: 'school_city_code',
  COUNTY: 'school_county_code',
  INSTITUTION: 'school_code',
} as const;

const SIDES = [
  ...(['recordId', 'schoolCode', 'schoolProvinceCode', 'schoolCityCode', 'schoolCountyCode'] as const),
  ...(['institutionCode', 'provinceCode', 'cityCode', 'countyCode'] as const),
];

/** Kindergarten and authorities of either side, and the school itself. */
function visible({ role, area }: Viewer): Sql {
  if (role === 'PRIMARY_SCHOOL') return within(area, SCHOOL_COLUMNS);
  if (role === 'KINDERGARTEN') return within(area);
  return sql`(${within(area)} OR ${within(area, SCHOOL_COLUMNS)})`;
}

export function takeOverQueries({ reader, tables, keys }: PrimaryLinkStore, eyes: Eyes = SHIELDED) {
  const shown = unsealed(eyes, 'take_over.child_id');
  const seen = (viewer: Viewer) => all([visible(viewer), shown]);
  const openOf = (recordIds: readonly string[]) =>
    sql`WHERE claim_key IN (${ids(recordIds)}) ORDER BY record_id, id`;
  return {
    /** What is stored of a number, or of a value a school has written, so that equal ones meet without being readable. */
    digestOf: (purpose: 'school-number' | 'written', text: string) =>
      keys.blindIndex(purpose, text).toString('hex'),
    schoolsByCode: (codes: readonly string[]): Promise<PrimarySchool[]> =>
      reader.rows(tables.primarySchool, sql`WHERE code IN (${many(codes)})`),
    schools: ({ area, status }: SchoolFilter, limit: number, from: string | null): Promise<PrimarySchool[]> =>
      reader.rows(
        tables.primarySchool,
        sql`WHERE ${all([within(area, { INSTITUTION: 'code' }), ...(status === null ? [] : [sql`status = ${status}`])])}
            AND ${after(from)} ORDER BY id LIMIT ${limit}`,
      ),
    async unsettledOf(schoolCode: string): Promise<number> {
      const [found] = await reader.select<{ n: unknown }>(
        sql`SELECT COUNT(*) AS n FROM take_over WHERE school_code = ${schoolCode}
            AND (state IN ('OFFERED','ACCEPTED','CONFLICT') OR pending IS NOT NULL)`,
      );
      return Number(found!.n);
    },
    takeOversById: (list: readonly string[]): Promise<TakeOver[]> =>
      reader.rows(tables.takeOver, sql`WHERE id IN (${ids(list)}) AND ${shown}`),
    takeOversSeen: (viewer: Viewer, list: readonly string[]): Promise<TakeOver[]> =>
      reader.rows(tables.takeOver, sql`WHERE id IN (${ids(list)}) AND ${seen(viewer)}`),
    /** Take-overs of these records that stand, disputed ones included. */
    standingOf: (recordIds: readonly string[]): Promise<TakeOver[]> =>
      reader.rows(tables.takeOver, openOf(recordIds)),
    /** Of the same, only where both sides are. */
    sidesOfStanding: (
      tx: Transaction,
      recordIds: readonly string[],
    ): Promise<(TakeOverSides & Pick<TakeOver, 'recordId'>)[]> =>
      tx.columnsOf(tables.takeOver, SIDES, openOf(recordIds)),
    /** Take-overs by the number the school had given before, of those that stand and have been linked. */
    linkedBy: (digests: readonly string[]): Promise<TakeOver[]> =>
      reader.rows(
        tables.takeOver,
        sql`WHERE school_number_digest IN (${many(digests.map((hex) => Buffer.from(hex, 'hex')))})
            AND state IN ('OFFERED','ACCEPTED','ACKNOWLEDGED')`,
      ),
    /** Every take-over of each record, in the order they began. */
    takeOversOfRecordsSeen: (viewer: Viewer, recordIds: readonly string[]): Promise<TakeOver[]> =>
      reader.rows(
        tables.takeOver,
        sql`WHERE record_id IN (${ids(recordIds)}) AND ${seen(viewer)} ORDER BY record_id, id`,
      ),
    takeOvers: (
      { viewer, state, school, institution }: TakeOverFilter,
      limit: number,
      from: string | null,
    ): Promise<TakeOver[]> =>
      reader.rows(
        tables.takeOver,
        sql`WHERE ${all([
          seen(viewer),
          ...(state === null ? [] : [sql`state = ${state}`]),
          ...(school === null ? [] : [sql`school_code = ${school}`]),
          ...(institution === null ? [] : [sql`institution_code = ${institution}`]),
          after(from),
        ])} ORDER BY id LIMIT ${limit}`,
      ),
    pendingOf: (list: readonly string[]): Promise<TakeOver[]> =>
      reader.rows(tables.takeOver, sql`WHERE id IN (${ids(list)}) AND pending IS NOT NULL ORDER BY id`),
    async countPending(): Promise<number> {
      const [row] = await reader.select<{ n: unknown }>(
        sql`SELECT COUNT(*) AS n FROM take_over WHERE pending IN ('PROMOTE','CANCEL','RELEASE')`,
      );
      return Number(row!.n);
    },
    /** What is still to be done at records, oldest first, a page at a time. */
    pending: (limit: number, from: string | null): Promise<TakeOver[]> =>
      reader.rows(
        tables.takeOver,
        sql`WHERE pending IN ('PROMOTE','CANCEL','RELEASE') AND ${after(from)} ORDER BY id LIMIT ${limit}`,
      ),
  };
}
export type TakeOverQueries = ReturnType<typeof takeOverQueries>;
