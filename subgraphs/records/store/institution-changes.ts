import type { Place } from '../../../kernel/rules/viewer.ts';
import { Conflict } from '../../../kernel/store/errors.ts';
import { toBytes } from '../../../kernel/store/ids.ts';
import type { Transaction } from '../../../kernel/store/rows.ts';
import { SHIELDED, type Eyes } from '../../../kernel/store/sealed-children.ts';
import { many, raw, sql, type Sql } from '../../../kernel/store/sql.ts';
import type { Application, InstitutionChange, InstitutionMoved, Record } from '../model.ts';
import { unsealedRecord } from './sealed.ts';
import type { RecordStore } from './store.ts';

const UNDECIDED = raw(`state IN ('SUBMITTED','RETURNED')`);

/** Not noted at this place; with null, wherever it is noted. */
function elsewhere(place: Place | null, prefix: '' | 'from_' = ''): Sql {
  if (place === null) return raw('TRUE');
  const column = (name: string) => raw(prefix + name);
  return sql`NOT (${column('province_code')} = ${place.provinceCode}
    AND COALESCE(${column('city_code')}, '') = ${place.cityCode ?? ''} AND ${column('county_code')} = ${place.countyCode})`;
}

export interface LoadRow {
  readonly code: string;
  readonly children: number;
  readonly undecided: number;
  /** The day its last stay ended; null where none has. */
  readonly stayedUntil: string | null;
}

/** What is noted under an institution, and what institutions have become. */
export function institutionQueries({ reader, tables }: RecordStore, eyes: Eyes = SHIELDED) {
  const placement = unsealedRecord(eyes, 'placement.record_id');
  const application = unsealedRecord(eyes, 'application.record_id');
  const tally = async (query: Sql): Promise<Map<string, number>> => {
    const rows = await reader.select<{ k: string; n: unknown }>(query);
    return new Map(rows.map(({ k, n }) => [k, Number(n)]));
  };
  return {
    /** Records of an institution, whatever their status; all of them, or those not noted at its place. */
    recordsOfInstitution: (code: string, place: Place | null, limit: number): Promise<Record[]> =>
      reader.rows(
        tables.record,
        sql`WHERE institution_code = ${code} AND ${elsewhere(place)} ORDER BY id LIMIT ${limit}`,
      ),
    /** Applications that go to an institution or take a child away from it, decided ones too: they are its archive. */
    applicationsOfInstitution: (code: string, place: Place | null, limit: number): Promise<Application[]> =>
      reader.rows(
        tables.application,
        sql`WHERE (institution_code = ${code} AND ${elsewhere(place)})
            OR (from_institution_code = ${code} AND ${elsewhere(place, 'from_')}) ORDER BY id LIMIT ${limit}`,
      ),
    institutionsMoved: (ids: readonly string[]): Promise<InstitutionMoved[]> =>
      reader.rows(tables.institutionMoved, sql`WHERE institution_id IN (${many(ids.map(toBytes))})`),
    /** Children who are there, and applications nobody has decided that go there or come from there, as the viewer may know of them. */
    async institutionLoads(codes: readonly string[]): Promise<LoadRow[]> {
      const children = await tally(
        sql`SELECT institution_code AS k, COUNT(*) AS n FROM placement WHERE institution_code IN (${many(codes)}) AND until_on IS NULL AND ${placement} GROUP BY institution_code`,
      );
      const arriving = await tally(
        sql`SELECT institution_code AS k, COUNT(*) AS n FROM application WHERE institution_code IN (${many(codes)}) AND ${UNDECIDED} AND ${application} GROUP BY institution_code`,
      );
      const departing = await tally(
        sql`SELECT from_institution_code AS k, COUNT(*) AS n FROM application WHERE from_institution_code IN (${many(codes)}) AND institution_code <> from_institution_code AND ${UNDECIDED} AND ${application} GROUP BY from_institution_code`,
      );
      const ended = await reader.select<{ k: string; last: string }>(
        sql`SELECT institution_code AS k, CAST(MAX(until_on) AS CHAR) AS last FROM placement WHERE institution_code IN (${many(codes)}) AND until_on IS NOT NULL AND ${placement} GROUP BY institution_code`,
      );
      const last = new Map(ended.map((row) => [row.k, row.last]));
      return codes.map((code) => ({
        code,
        stayedUntil: last.get(code) ?? null,
        children: children.get(code) ?? 0,
        undecided: (arriving.get(code) ?? 0) + (departing.get(code) ?? 0),
      }));
    },
  };
}
export type InstitutionQueries = ReturnType<typeof institutionQueries>;

/** Throws Conflict where one of the institutions has taken its children elsewhere since it had that version. */
export async function notMovedSince(
  { tables }: Pick<RecordStore, 'tables'>,
  tx: Transaction,
  versions: ReadonlyMap<string, number>,
): Promise<void> {
  if (versions.size === 0) return;
  const ids = [...versions.keys()].map(toBytes);
  const moved = await tx.rows(tables.institutionMoved, sql`WHERE institution_id IN (${many(ids)})`);
  if (moved.some(({ institutionId, seq }) => seq > versions.get(institutionId)!)) throw new Conflict();
}

/** Keeps a change as the institution's last one; a later one that is kept already is a Conflict. */
export async function keepMoved(
  { tables }: Pick<RecordStore, 'tables'>,
  tx: Transaction,
  change: InstitutionChange,
): Promise<void> {
  const { institutionId, seq } = change;
  await tx.execute(
    sql`DELETE FROM institution_moved WHERE institution_id = ${toBytes(institutionId)} AND seq <= ${seq}`,
  );
  await tx.insert(tables.institutionMoved, [{ institutionId, seq, facts: change }]);
}
