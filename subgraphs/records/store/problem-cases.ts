import { EntitySchema } from 'typeorm';
import type { Area } from '../../../kernel/rules/viewer.ts';
import { within } from '../../../kernel/store/area.ts';
import { toBytes } from '../../../kernel/store/ids.ts';
import type { Kit } from '../../../kernel/store/kit.ts';
import { SHIELDED, type Eyes } from '../../../kernel/store/sealed-children.ts';
import { all, join, many, raw, sql, type Sql } from '../../../kernel/store/sql.ts';
import type { ProblemCase, ProblemKind, ProblemRuling, ProblemState } from '../model.ts';
import * as columns from './columns.ts';
import { unsealedRecord } from './sealed.ts';
import type { RecordStore } from './store.ts';

/** Migration 11. */
const problemCase = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  kind: kit.text(30),
  recordId: kit.id(),
  otherRecordId: kit.id({ nullable: true }),
  sourceKey: kit.text(200, { nullable: true }),
  state: kit.text(10),
  task: kit.text(10, { nullable: true }),
  holderLevel: kit.text(12, { nullable: true }),
  steps: kit.int(),
  openedAt: kit.instant(),
  openedBy: kit.text(80),
  opened: kit.sealedJson('problem_case.opened'),
  answered: kit.sealedJson('problem_case.answered', { nullable: true }),
  ruling: kit.text(20, { nullable: true }),
  reason: kit.sealed('problem_case.reason', { nullable: true, characters: 200 }),
  decidedAt: kit.instant({ nullable: true }),
  decidedBy: kit.text(80, { nullable: true }),
  dueOn: kit.date(),
  ...columns.applicationClock(kit),
  version: kit.int(),
});

const INDICES = [
  { name: 'problem_case_source', columns: ['sourceKey'], unique: true },
  { name: 'problem_case_record', columns: ['recordId', 'state', 'id'] },
  { name: 'problem_case_other', columns: ['otherRecordId', 'state', 'id'] },
  { name: 'problem_case_due', columns: ['state', 'dueOn', 'id'] },
];

export const problemCaseTable = (kit: Kit) =>
  new EntitySchema<ProblemCase>({ name: 'problem_case', columns: problemCase(kit), indices: INDICES });

export const newProblemCaseTable = (kit: Kit) => ({
  name: 'problem_case',
  columns: problemCase(kit),
  indices: INDICES,
});

export interface ProblemFilter {
  readonly area: Area;
  readonly state?: ProblemState | null;
  readonly kind?: ProblemKind | null;
  /** Only those whose turn it is here. */
  readonly heldBy?: Area | null;
  /** Only those open whose step was due before this day. */
  readonly dueBefore?: string | null;
}

const after = (id: string | null) => (id === null ? raw('TRUE') : sql`id > ${toBytes(id)}`);

/** A case is about its record and the one beside it; neither may be out of the viewer's sight. */
const shown = (eyes: Eyes, alias: string): Sql =>
  all([unsealedRecord(eyes, `${alias}.record_id`), unsealedRecord(eyes, `${alias}.other_record_id`)]);

const conditionOf = ({ state, kind, heldBy, dueBefore }: ProblemFilter, eyes: Eyes): Sql =>
  all([
    shown(eyes, 'c'),
    ...(state == null ? [] : [sql`c.state = ${state}`]),
    ...(kind == null ? [] : [sql`c.kind = ${kind}`]),
    ...(dueBefore == null ? [] : [sql`c.state = 'OPEN' AND c.due_on < ${dueBefore}`]),
    // Whose turn it is is said by the place of the record.
    ...(heldBy == null ? [] : [sql`c.holder_level = ${heldBy.level} AND ${inArea(heldBy)}`]),
  ]);

const inArea = (area: Area) =>
  within(area, {
    PROVINCE: 'r.province_code',
    CITY: 'r.city_code',
    COUNTY: 'r.county_code',
    INSTITUTION: 'r.institution_code',
  });

/** The cases of an area follow their records: those about one of its records, and those in which one stands beside it. */
function idsOf(filter: ProblemFilter, eyes: Eyes): Sql {
  const { area, heldBy } = filter;
  const condition = conditionOf(filter, eyes);
  if (area.level === 'NATION' && !heldBy)
    return sql`SELECT c.id AS page_id FROM problem_case c WHERE ${condition}`;
  const by = (column: 'record_id' | 'other_record_id') =>
    sql`SELECT c.id AS page_id FROM record r JOIN problem_case c ON ${raw(`c.${column} = r.id`)}
      WHERE ${inArea(area)} AND ${condition}`;
  return heldBy ? by('record_id') : join([by('record_id'), by('other_record_id')], ' UNION ');
}

/** Reads of problem cases. */
export function problemQueries({ reader, tables }: RecordStore, eyes: Eyes = SHIELDED) {
  const bytes = (ids: readonly string[]) => many(ids.map(toBytes));
  return {
    problemCasesById: (ids: readonly string[]): Promise<ProblemCase[]> =>
      reader.rows(tables.problemCase, sql`WHERE id IN (${bytes(ids)}) AND ${shown(eyes, 'problem_case')}`),
    /** Those of an area, by their records. */
    problemCasesSeen: (area: Area, ids: readonly string[]): Promise<ProblemCase[]> =>
      reader.rows(
        tables.problemCase,
        sql`WHERE id IN (${bytes(ids)}) AND ${shown(eyes, 'problem_case')} AND EXISTS (SELECT 1 FROM record r
          WHERE r.id IN (problem_case.record_id, problem_case.other_record_id) AND ${inArea(area)})`,
      ),
    problemCasesByKey: (keys: readonly string[]): Promise<ProblemCase[]> =>
      keys.length === 0
        ? Promise.resolve([])
        : reader.rows(tables.problemCase, sql`WHERE source_key IN (${many(keys)})`),
    /** Open cases about these records in which two claim one ID. */
    contestedNumbers: (recordIds: readonly string[]): Promise<ProblemCase[]> =>
      reader.rows(
        tables.problemCase,
        sql`WHERE record_id IN (${bytes(recordIds)}) AND state = 'OPEN' AND kind = 'ID_DUPLICATE'
          AND other_record_id IS NOT NULL ORDER BY id`,
      ),
    /** Open cases about these records in which an authority has ordered this. */
    orderedProblems: (recordIds: readonly string[], order: ProblemRuling): Promise<ProblemCase[]> =>
      recordIds.length === 0
        ? Promise.resolve([])
        : reader.rows(
            tables.problemCase,
            sql`WHERE record_id IN (${bytes(recordIds)}) AND state = 'OPEN' AND ruling = ${order} ORDER BY id`,
          ),
    problemCases: (filter: ProblemFilter, limit: number, from: string | null): Promise<ProblemCase[]> =>
      reader.rows(
        tables.problemCase,
        sql`JOIN (${idsOf(filter, eyes)}) AS page ON page.page_id = problem_case.id
          WHERE ${after(from)} ORDER BY id LIMIT ${limit}`,
      ),
    async countProblemCases(filter: ProblemFilter): Promise<number> {
      const [row] = await reader.select<{ n: unknown }>(
        sql`SELECT COUNT(*) AS n FROM (${idsOf(filter, eyes)}) AS cases`,
      );
      return Number(row!.n);
    },
    /** Open cases whose step was due before a day and that somebody above can take, the oldest first. */
    overdueProblems: (before: string, limit: number): Promise<ProblemCase[]> =>
      reader.rows(
        tables.problemCase,
        sql`WHERE state = 'OPEN' AND due_on < ${before} AND holder_level <> 'NATION' ORDER BY due_on, id LIMIT ${limit}`,
      ),
  };
}
export type ProblemQueries = ReturnType<typeof problemQueries>;
