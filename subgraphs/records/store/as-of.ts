import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { Area } from '../../../kernel/rules/viewer.ts';
import { within } from '../../../kernel/store/area.ts';
import { toBytes } from '../../../kernel/store/ids.ts';
import { all, many, raw, sql, type Sql } from '../../../kernel/store/sql.ts';
import type { RecordOn, RecordStatus } from '../model.ts';
import type { RecordStore } from './store.ts';

/** Which records of a past day, and whose eyes look: what was not theirs then is not there. */
export interface PastFilter {
  /** The area asked for. */
  readonly area: Area;
  /** The viewer's own, which the area asked for may have left or joined since. */
  readonly own: Area;
  readonly status: RecordStatus | null;
  readonly classId: string | null;
  readonly on: PlainDate;
}

const placeOf = (alias: string) => ({
  PROVINCE: `${alias}.province_code`,
  CITY: `${alias}.city_code`,
  COUNTY: `${alias}.county_code`,
  INSTITUTION: `${alias}.institution_code`,
});
const then = (area: Area) => within(area, placeOf('e'));
const now = (area: Area) => within(area, placeOf('r'));

/** The line of history that says how things stood: the last written of those that held by then. */
const decisive = (on: PlainDate) => sql`e.effective_on <= ${on} AND NOT EXISTS (
  SELECT 1 FROM record_event later
  WHERE later.record_id = e.record_id AND later.seq > e.seq AND later.effective_on <= ${on})`;

// An entry is the approval of an enrolment, or of a transfer where it swaps the stays; both hold from the first day there.
const ENTRY = `SELECT entry.effective_on FROM record_event entry
  WHERE entry.record_id = e.record_id AND entry.seq <= e.seq AND entry.type = 'approveApplication'
    AND entry.status_from IN ('PENDING', 'TRANSFERRING') AND entry.status_to IN ('ENROLLED', 'DEFERRED')
  ORDER BY entry.seq DESC LIMIT 1`;
const ASKED_FOR = 'SELECT a.entered_on FROM application a WHERE a.id = e.application_id';
/** Of a record that has been nowhere yet, the entry that was asked for. */
const ENTERED_ON = `COALESCE((${ENTRY}), (${ASKED_FOR}), r.entered_on)`;

/** Every column of a record, the day's own ones from the decisive line of its history. */
const RECORD_ON = `e.record_id AS id, r.child_id, e.status_to AS status, NULL AS number, NULL AS institution_id,
  e.institution_code, e.class_id, e.province_code, e.city_code, e.county_code, r.born_on, r.birth_cohort, r.sex,
  ${ENTERED_ON} AS entered_on, CASE WHEN e.seq = r.events THEN r.deferred_until END AS deferred_until,
  NULL AS merged_into, e.seq AS events, r.version`;

const recordsOn = (condition: Sql) =>
  sql`SELECT ${raw(RECORD_ON)} FROM record_event e JOIN record r ON r.id = e.record_id WHERE ${condition}`;

/**
 * Lists and counts of a past day go by the seat on that day, as the counts of that day do. A kindergarten has only
 * what is still its own: a child that has moved on takes its history along.
 */
const listed = ({ area, own, status, classId, on }: PastFilter) =>
  all([
    then(area),
    ...(area.level === own.level && area.code === own.code ? [] : [then(own)]),
    ...(own.level === 'INSTITUTION' ? [now(own)] : []),
    ...(status === null ? [] : [sql`e.status_to = ${status}`]),
    ...(classId === null ? [] : [sql`e.class_id = ${toBytes(classId)}`]),
    decisive(on),
  ]);

/** One record on a day: whoever has it now has its history; an authority also has what was its own then. */
const seen = (own: Area) =>
  own.level === 'INSTITUTION' || own.level === 'NATION' ? now(own) : sql`(${now(own)} OR ${then(own)})`;

/** Reads of how records stood on a past day. */
export function asOfQueries({ reader, tables }: RecordStore) {
  const rows = async (on: PlainDate, source: Sql): Promise<RecordOn[]> => {
    const found = await reader.rowsFrom<RecordOn>(tables.record, source, raw('ORDER BY id'));
    return found.map((record) => ({ ...record, asOf: on }));
  };
  return {
    recordsOnById: (ids: readonly string[], own: Area, on: PlainDate): Promise<RecordOn[]> =>
      rows(
        on,
        recordsOn(sql`e.record_id IN (${many(ids.map(toBytes))}) AND ${seen(own)} AND ${decisive(on)}`),
      ),
    /** A page in the order of the ids, in one statement. */
    recordsOn: (filter: PastFilter, limit: number, from: string | null): Promise<RecordOn[]> => {
      const after = from === null ? raw('TRUE') : sql`e.record_id > ${toBytes(from)}`;
      return rows(
        filter.on,
        sql`${recordsOn(all([listed(filter), after]))} ORDER BY e.record_id LIMIT ${limit}`,
      );
    },
    countRecordsOn: async (filter: PastFilter): Promise<number> => {
      const [row] = await reader.select<{ n: unknown }>(
        sql`SELECT COUNT(*) AS n FROM record_event e JOIN record r ON r.id = e.record_id WHERE ${listed(filter)}`,
      );
      return Number(row!.n);
    },
  };
}
export type AsOfQueries = ReturnType<typeof asOfQueries>;
