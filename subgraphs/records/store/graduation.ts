import { EntitySchema } from 'typeorm';
import type { Area } from '../../../kernel/rules/viewer.ts';
import { within } from '../../../kernel/store/area.ts';
import { fromBytes, toBytes } from '../../../kernel/store/ids.ts';
import type { Kit } from '../../../kernel/store/kit.ts';
import { SHIELDED, type Eyes } from '../../../kernel/store/sealed-children.ts';
import { all, many, raw, sql } from '../../../kernel/store/sql.ts';
import type {
  GraduationRow,
  GraduationRowState,
  GraduationRun,
  GraduationRunState,
  Placement,
} from '../model.ts';
import { place } from './columns.ts';
import { unsealedRecord } from './sealed.ts';
import type { RecordStore } from './store.ts';

/** Migration 7. */
const run = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  institutionId: kit.id(),
  institutionCode: kit.text(10),
  ...place(kit),
  schoolYear: kit.int(),
  state: kit.text(10),
  termEndsOn: kit.date(),
  frozenAt: kit.instant(),
  frozenBy: kit.text(80),
  onDay: kit.date({ nullable: true }),
  ranAt: kit.instant({ nullable: true }),
  ranBy: kit.text(80, { nullable: true }),
  undoUntil: kit.date({ nullable: true }),
  undoneAt: kit.instant({ nullable: true }),
  undoneBy: kit.text(80, { nullable: true }),
  undoReason: kit.sealed('graduation_run.undo_reason', { nullable: true, characters: 200 }),
  listed: kit.int(),
  excluded: kit.int(),
  graduated: kit.int(),
  undone: kit.int(),
  version: kit.int(),
});

/** Migration 7. */
const row = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  runId: kit.id(),
  recordId: kit.id(),
  classId: kit.id(),
  classLevel: kit.text(10),
  state: kit.text(10),
  exclusion: kit.sealed('graduation_row.exclusion', { nullable: true, characters: 200 }),
  reasons: kit.json(),
  placementId: kit.id({ nullable: true }),
  statusBefore: kit.text(12, { nullable: true }),
  deferredUntil: kit.date({ nullable: true }),
  eventSeq: kit.int({ nullable: true }),
  version: kit.int(),
});

const INDICES = {
  run: [
    { name: 'graduation_run_institution', columns: ['institutionCode', 'id'] },
    { name: 'graduation_run_county', columns: ['countyCode', 'id'] },
  ],
  row: [
    { name: 'graduation_row_record', columns: ['recordId', 'runId'] },
    { name: 'graduation_row_run', columns: ['runId', 'id'] },
    { name: 'graduation_row_once', columns: ['runId', 'recordId'], unique: true },
  ],
};

export const graduationTables = (kit: Kit) => ({
  graduationRun: new EntitySchema<GraduationRun>({
    name: 'graduation_run',
    columns: run(kit),
    indices: INDICES.run,
  }),
  graduationRow: new EntitySchema<GraduationRow>({
    name: 'graduation_row',
    columns: row(kit),
    indices: INDICES.row,
  }),
});

export const newGraduationTables = (kit: Kit) => [
  { name: 'graduation_run', columns: run(kit), indices: INDICES.run },
  { name: 'graduation_row', columns: row(kit), indices: INDICES.row },
];

export interface GraduationFilter {
  readonly area: Area;
  readonly schoolYear: number | null;
  readonly state: GraduationRunState | null;
}

const bytes = (ids: readonly string[]) => many(ids.map(toBytes));
const after = (id: string | null) => (id === null ? raw('TRUE') : sql`id > ${toBytes(id)}`);

const runCondition = ({ area, schoolYear, state }: GraduationFilter) =>
  all([
    within(area),
    ...(schoolYear === null ? [] : [sql`school_year = ${schoolYear}`]),
    ...(state === null ? [] : [sql`state = ${state}`]),
  ]);

/** What a run's list is asked for. */
export interface RowFilter {
  readonly runId: string;
  readonly state: GraduationRowState | null;
}
const rowCondition = ({ runId, state }: RowFilter, eyes: Eyes) =>
  all([
    sql`run_id = ${toBytes(runId)}`,
    ...(state === null ? [] : [sql`state = ${state}`]),
    unsealedRecord(eyes, 'graduation_row.record_id'),
  ]);

export function graduationQueries({ reader, tables }: RecordStore, eyes: Eyes = SHIELDED) {
  const placement = unsealedRecord(eyes, 'placement.record_id');
  const count = async (table: string, condition: ReturnType<typeof all>): Promise<number> => {
    const query = sql`SELECT COUNT(*) AS n FROM ${raw(table)} WHERE ${condition}`;
    return Number((await reader.select<{ n: unknown }>(query))[0]!.n);
  };
  return {
    graduationRunsById: (ids: readonly string[]): Promise<GraduationRun[]> =>
      reader.rows(tables.graduationRun, sql`WHERE id IN (${bytes(ids)})`),
    graduationRunsSeen: (area: Area, ids: readonly string[]): Promise<GraduationRun[]> =>
      reader.rows(tables.graduationRun, sql`WHERE id IN (${bytes(ids)}) AND ${within(area)}`),
    graduationRuns: (
      filter: GraduationFilter,
      limit: number,
      from: string | null,
    ): Promise<GraduationRun[]> =>
      reader.rows(
        tables.graduationRun,
        sql`WHERE ${runCondition(filter)} AND ${after(from)} ORDER BY id LIMIT ${limit}`,
      ),
    /** Lists of the same kindergarten and year that wait to be run. */
    frozenRuns: ({ institutionCode, schoolYear }: GraduationRun): Promise<GraduationRun[]> =>
      reader.rows(
        tables.graduationRun,
        sql`WHERE institution_code = ${institutionCode} AND school_year = ${schoolYear} AND state = 'FROZEN' ORDER BY id`,
      ),
    /** Of these records, those whose latest row in a graduation of that year that was run says it was refused. */
    refusedGraduation: async (
      recordIds: readonly string[],
      schoolYear: number,
    ): Promise<ReadonlySet<string>> => {
      const rows = await reader.select<{ k: Uint8Array; state: string }>(
        sql`SELECT r.record_id AS k, r.state AS state FROM graduation_row r JOIN graduation_run g ON g.id = r.run_id
          WHERE r.record_id IN (${bytes(recordIds)}) AND g.school_year = ${schoolYear} AND g.state = 'DONE' ORDER BY r.id`,
      );
      const last = new Map(rows.map(({ k, state }) => [fromBytes(k), state]));
      return new Set([...last].flatMap(([id, state]) => (state === 'REFUSED' ? [id] : [])));
    },
    countGraduationRuns: (filter: GraduationFilter) => count('graduation_run', runCondition(filter)),
    graduationRows: (filter: RowFilter, limit: number, from: string | null): Promise<GraduationRow[]> =>
      reader.rows(
        tables.graduationRow,
        sql`WHERE ${rowCondition(filter, eyes)} AND ${after(from)} ORDER BY id LIMIT ${limit}`,
      ),
    countGraduationRows: (filter: RowFilter) => count('graduation_row', rowCondition(filter, eyes)),
    /** The latest graduation of each record, by the seq of its event. */
    latestGraduations: async (recordIds: readonly string[]): Promise<Map<string, number>> => {
      const rows = await reader.select<{ k: Uint8Array; n: unknown }>(
        sql`SELECT record_id AS k, MAX(event_seq) AS n FROM graduation_row WHERE record_id IN (${bytes(recordIds)}) AND event_seq IS NOT NULL GROUP BY record_id`,
      );
      return new Map(rows.map(({ k, n }) => [fromBytes(k), Number(n)]));
    },
    placementsById: (ids: readonly string[]): Promise<Placement[]> =>
      reader.rows(tables.placement, sql`WHERE id IN (${bytes(ids)})`),
    openPlacementsOfRecords: (ids: readonly string[]): Promise<Placement[]> =>
      reader.rows(tables.placement, sql`WHERE until_on IS NULL AND record_id IN (${bytes(ids)})`),
    openPlacementsOfClasses: (ids: readonly string[], limit: number): Promise<Placement[]> =>
      reader.rows(
        tables.placement,
        sql`WHERE class_id IN (${bytes(ids)}) AND until_on IS NULL AND ${placement} ORDER BY id LIMIT ${limit}`,
      ),
    /** Records that have had a stay in one of these classes that ended there. */
    recordsOnceIn: async (classIds: readonly string[], limit: number): Promise<string[]> => {
      const rows = await reader.select<{ k: Uint8Array }>(
        sql`SELECT DISTINCT record_id AS k FROM placement WHERE class_id IN (${bytes(classIds)}) AND until_on IS NOT NULL AND ${placement} ORDER BY record_id LIMIT ${limit}`,
      );
      return rows.map(({ k }) => fromBytes(k));
    },
    /** Of these records, those with an application nobody has decided. */
    undecidedAmong: async (recordIds: readonly string[]): Promise<ReadonlySet<string>> => {
      const rows = await reader.select<{ k: Uint8Array }>(
        sql`SELECT record_id AS k FROM application WHERE record_id IN (${bytes(recordIds)}) AND task IS NOT NULL`,
      );
      return new Set(rows.map(({ k }) => fromBytes(k)));
    },
  };
}
export type GraduationQueries = ReturnType<typeof graduationQueries>;
