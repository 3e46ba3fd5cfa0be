import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { Area } from '../../../kernel/rules/viewer.ts';
import { openedIn, within } from '../../../kernel/store/area.ts';
import { toBytes } from '../../../kernel/store/ids.ts';
import type { Sight } from '../../../kernel/rules/sight.ts';
import { SHIELDED, type Eyes } from '../../../kernel/store/sealed-children.ts';
import { all, many, raw, sql, type Sql } from '../../../kernel/store/sql.ts';
import type { RecordOn, RecordStatus } from '../model.ts';
import { unsealed } from './sealed.ts';
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
const then = (area: Area) => within(area, placeOf('p'));
const now = (area: Area) => within(area, placeOf('r'));

/**
 * An act dated back says one thing about the days gone by, not all three: where the child was, its class and its
 * status each come from the last line that changed it. An entry says all of them anew.
 */
const ASPECTS = {
  place: ['institution_code', 'province_code', 'city_code', 'county_code'],
  class: ['class_id'],
  status: [],
} as const;
type Aspect = keyof typeof ASPECTS;

// An entry is the approval of an enrolment, or of a transfer where it swaps the stays; both hold from the first day there.
const isEntry = (e: string) => `${e}.type = 'approveApplication'
  AND ${e}.status_from IN ('PENDING', 'TRANSFERRING') AND ${e}.status_to IN ('ENROLLED', 'DEFERRED')`;

/** Changed, against the line before it; the first line of a record changes everything. */
function changes(aspect: Aspect, e: string): string {
  if (aspect === 'status') return `(${e}.status_from IS NULL OR ${e}.status_from <> ${e}.status_to)`;
  const same = ASPECTS[aspect].map((column) =>
    column === 'city_code'
      ? `COALESCE(was.city_code, '') = COALESCE(${e}.city_code, '')`
      : `was.${column} = ${e}.${column}`,
  );
  return `((${isEntry(e)}) OR NOT EXISTS (SELECT 1 FROM record_event was
    WHERE was.record_id = ${e}.record_id AND was.seq = ${e}.seq - 1 AND ${same.join(' AND ')}))`;
}

/** The line that says it for the day: of those that held by then and changed it, the last written. */
const decisive = (aspect: Aspect, e: string, on: PlainDate) => sql`${raw(`${e}.effective_on`)} <= ${on}
  AND ${raw(changes(aspect, e))} AND NOT EXISTS (SELECT 1 FROM record_event later
    WHERE ${raw(`later.record_id = ${e}.record_id AND later.seq > ${e}.seq`)} AND later.effective_on <= ${on}
      AND ${raw(changes(aspect, 'later'))})`;

/** From the lines of place and status, and the record itself; a day before the first status has no record. */
const SOURCE = raw(`record_event p JOIN record r ON r.id = p.record_id
  JOIN record_event s ON s.record_id = p.record_id`);
const standing = (on: PlainDate) => sql`${decisive('place', 'p', on)} AND ${decisive('status', 's', on)}`;

const classOn = (on: PlainDate) => sql`(SELECT c.class_id FROM record_event c
  WHERE c.record_id = p.record_id AND c.effective_on <= ${on} AND ${raw(changes('class', 'c'))}
  ORDER BY c.seq DESC LIMIT 1)`;
const eventsOn = (on: PlainDate) => sql`(SELECT MAX(counted.seq) FROM record_event counted
  WHERE counted.record_id = p.record_id AND counted.effective_on <= ${on})`;

const ENTRY = `SELECT entry.effective_on FROM record_event entry
  WHERE entry.record_id = s.record_id AND entry.seq <= s.seq AND ${isEntry('entry')} ORDER BY entry.seq DESC LIMIT 1`;
const ASKED_FOR = 'SELECT a.entered_on FROM application a WHERE a.id = s.application_id';
/** Of a record that has been nowhere yet, the entry that was asked for. */
const ENTERED_ON = raw(`COALESCE((${ENTRY}), (${ASKED_FOR}), r.entered_on)`);

/** Every column of a record, the day's own ones from its history. */
const recordsOn = (on: PlainDate, condition: Sql) =>
  sql`SELECT p.record_id AS id, r.child_id, s.status_to AS status, NULL AS number, NULL AS institution_id,
    p.institution_code, ${classOn(on)} AS class_id, p.province_code, p.city_code, p.county_code,
    r.born_on, r.birth_cohort, r.sex, ${ENTERED_ON} AS entered_on,
    CASE WHEN ${eventsOn(on)} = r.events THEN r.deferred_until END AS deferred_until,
    NULL AS merged_into, ${eventsOn(on)} AS events, r.version
  FROM ${SOURCE} WHERE ${condition} AND ${standing(on)}`;

/**
 * Lists and counts of a past day go by the seat on that day, as the counts of that day do. A kindergarten has only
 * what is still its own: a child that has moved on takes its history along.
 */
const listed = ({ area, own, status, classId, on }: PastFilter) =>
  all([
    then(area),
    ...(area.level === own.level && area.code === own.code ? [] : [then(own)]),
    ...(own.level === 'INSTITUTION' ? [now(own)] : []),
    ...(status === null ? [] : [sql`s.status_to = ${status}`]),
    ...(classId === null ? [] : [sql`${classOn(on)} = ${toBytes(classId)}`]),
  ]);

/** One record on a day: whoever has it now has its history; an authority also has what was its own then. */
const seen = (own: Sight) => {
  const lies =
    own.level === 'INSTITUTION' || own.level === 'NATION' ? now(own) : sql`(${now(own)} OR ${then(own)})`;
  return !own.opened?.length ? lies : sql`(${lies} OR ${openedIn(own, 'r.child_id')})`;
};

/** Reads of how records stood on a past day. */
export function asOfQueries({ reader, tables }: RecordStore, eyes: Eyes = SHIELDED) {
  const shown = unsealed(eyes, 'r.child_id');
  const rows = async (on: PlainDate, source: Sql): Promise<RecordOn[]> => {
    const found = await reader.rowsFrom<RecordOn>(tables.record, source, raw('ORDER BY id'));
    return found.map((record) => ({ ...record, asOf: on }));
  };
  return {
    recordsOnById: (ids: readonly string[], own: Sight, on: PlainDate): Promise<RecordOn[]> =>
      rows(on, recordsOn(on, sql`p.record_id IN (${many(ids.map(toBytes))}) AND ${seen(own)} AND ${shown}`)),
    /** A page in the order of the ids, in one statement. */
    recordsOn: (filter: PastFilter, limit: number, from: string | null): Promise<RecordOn[]> => {
      const after = from === null ? raw('TRUE') : sql`p.record_id > ${toBytes(from)}`;
      return rows(
        filter.on,
        sql`${recordsOn(filter.on, all([listed(filter), shown, after]))} ORDER BY p.record_id LIMIT ${limit}`,
      );
    },
    countRecordsOn: async (filter: PastFilter): Promise<number> => {
      const [row] = await reader.select<{ n: unknown }>(
        sql`SELECT COUNT(*) AS n FROM ${SOURCE} WHERE ${listed(filter)} AND ${shown} AND ${standing(filter.on)}`,
      );
      return Number(row!.n);
    },
  };
}
export type AsOfQueries = ReturnType<typeof asOfQueries>;
