import type { Sight } from '../../../kernel/rules/sight.ts';
import type { Area } from '../../../kernel/rules/viewer.ts';
import type { NamedDay } from '../../../kernel/rules/working-days.ts';
import { openedIn, reaches, within } from '../../../kernel/store/area.ts';
import { fromBytes, toBytes } from '../../../kernel/store/ids.ts';
import { SHIELDED, type Eyes } from '../../../kernel/store/sealed-children.ts';
import { all, join, many, raw, sql, type Sql } from '../../../kernel/store/sql.ts';
import type {
  Application,
  ApplicationState,
  ApplicationStep,
  FollowUp,
  IssuedNumber,
  Placement,
  Record,
  RecordEvent,
  RecordStatus,
} from '../model.ts';
import { comesFrom } from './queue.ts';
import { unsealed, unsealedRecord } from './sealed.ts';
import type { RecordStore } from './store.ts';

export interface RecordFilter {
  readonly area: Area;
  readonly status: RecordStatus | null;
  readonly classId: string | null;
  /** Only those whose deferral has its last day before this one. */
  readonly deferralEndsBefore?: string | null;
}

const bytes = (ids: readonly string[]) => many(ids.map(toBytes));
const after = (id: string | null) => (id === null ? raw('TRUE') : sql`id > ${toBytes(id)}`);

const deferralOver = (day: string) => sql`status IN ('DEFERRED','TRANSFERRING') AND deferred_until < ${day}`;

const recordCondition = ({ area, status, classId, deferralEndsBefore }: RecordFilter, eyes: Eyes) =>
  all([
    within(area),
    unsealed(eyes, 'record.child_id'),
    ...(status === null ? [] : [sql`status = ${status}`]),
    ...(classId === null ? [] : [sql`class_id = ${toBytes(classId)}`]),
    ...(deferralEndsBefore == null ? [] : [deferralOver(deferralEndsBefore)]),
  ]);

/** Whose turn it is sees an application, where the child goes to and where it comes from; and what is opened to the viewer. */
const seenApplication = (sight: Sight): Sql => {
  const turn = sql`(holder_code = ${sight.code} AND holder_level = ${sight.level})`;
  const opened = sql`record_id IN (SELECT id FROM record WHERE ${openedIn(sight, 'child_id')})`;
  const ways = [within(sight), comesFrom(sight), turn, ...(sight.opened?.length ? [opened] : [])];
  return sql`(${join(ways, ' OR ')})`;
};

/** Every read of this subgraph but the counts, which have a file of their own; for one kind of eyes. */
export function recordQueries({ reader, tables, keys }: RecordStore, eyes: Eyes = SHIELDED) {
  const record = unsealed(eyes, 'record.child_id');
  const application = unsealedRecord(eyes, 'application.record_id');
  const placement = unsealedRecord(eyes, 'placement.record_id');
  const count = async (table: string, condition: Sql): Promise<number> => {
    const rows = await reader.select<{ n: unknown }>(
      sql`SELECT COUNT(*) AS n FROM ${raw(table)} WHERE ${condition}`,
    );
    return Number(rows[0]!.n);
  };
  const tally = async (query: Sql): Promise<Map<string, number>> => {
    const rows = await reader.select<{ k: Uint8Array; n: unknown }>(query);
    return new Map(rows.map(({ k, n }) => [fromBytes(k), Number(n)]));
  };
  return {
    digestOf: (number: string) => keys.blindIndex('record-number', number).toString('hex'),
    recordsById: (ids: readonly string[]): Promise<Record[]> =>
      reader.rows(tables.record, sql`WHERE id IN (${bytes(ids)}) AND ${record}`),
    /** Whoever asks: what numbers and duplicates are decided by must not depend on whose eyes look. */
    recordsWhole: (ids: readonly string[]): Promise<Record[]> =>
      reader.rows(tables.record, sql`WHERE id IN (${bytes(ids)})`),
    /** Those the viewer has, and those opened to it. */
    recordsSeen: (sight: Sight, ids: readonly string[]): Promise<Record[]> =>
      reader.rows(
        tables.record,
        sql`WHERE id IN (${bytes(ids)}) AND ${reaches(sight, 'record.child_id')} AND ${record}`,
      ),
    recordsOfChildrenSeen: (sight: Sight, ids: readonly string[]): Promise<Record[]> =>
      reader.rows(
        tables.record,
        sql`WHERE child_id IN (${bytes(ids)}) AND ${reaches(sight, 'record.child_id')} AND ${record}`,
      ),
    /** The record a number leads to, when it lies within the area, whoever took it over last first; one statement either way. */
    recordByDigest: async (area: Area, digest: string): Promise<Record | null> => {
      const key = Buffer.from(digest, 'hex');
      const issued = sql`SELECT record_id FROM record_number WHERE digest = ${key}`;
      const claim = sql`(SELECT MAX(claim) FROM record_number WHERE digest = ${key} AND record_id = record.id)`;
      const rows = await reader.rows(
        tables.record,
        sql`WHERE id IN (${issued}) AND ${within(area)} AND ${record} ORDER BY ${claim} DESC LIMIT 1`,
      );
      return rows[0] ?? null;
    },
    recordsByChild: (ids: readonly string[]): Promise<Record[]> =>
      reader.rows(tables.record, sql`WHERE child_id IN (${bytes(ids)}) AND ${record}`),
    /** Records that were cancelled as duplicates of these. */
    recordsMergedInto: (ids: readonly string[]): Promise<Record[]> =>
      reader.rows(tables.record, sql`WHERE merged_into IN (${bytes(ids)}) AND status = 'CANCELLED'`),
    records: (filter: RecordFilter, limit: number, from: string | null): Promise<Record[]> =>
      reader.rows(
        tables.record,
        sql`WHERE ${recordCondition(filter, eyes)} AND ${after(from)} ORDER BY id LIMIT ${limit}`,
      ),
    /** Records whose deferral had its last day before a day, a page at a time. */
    deferralsOver: (before: string, limit: number, from: string | null): Promise<Record[]> =>
      reader.rows(
        tables.record,
        sql`WHERE ${deferralOver(before)} AND ${after(from)} ORDER BY id LIMIT ${limit}`,
      ),
    countRecords: (filter: RecordFilter) => count('record', recordCondition(filter, eyes)),
    applicationsById: (ids: readonly string[]): Promise<Application[]> =>
      reader.rows(tables.application, sql`WHERE id IN (${bytes(ids)}) AND ${application}`),
    applicationsSeen: (sight: Sight, ids: readonly string[]): Promise<Application[]> =>
      reader.rows(
        tables.application,
        sql`WHERE id IN (${bytes(ids)}) AND ${seenApplication(sight)} AND ${application}`,
      ),
    applicationsOfRecordsSeen: (sight: Sight, ids: readonly string[]): Promise<Application[]> =>
      reader.rows(
        tables.application,
        sql`WHERE record_id IN (${bytes(ids)}) AND ${seenApplication(sight)} AND ${application} ORDER BY record_id, id`,
      ),
    applicationsByRecord: (ids: readonly string[]): Promise<Application[]> =>
      reader.rows(tables.application, sql`WHERE record_id IN (${bytes(ids)}) ORDER BY record_id, id`),
    placementsByRecord: (ids: readonly string[]): Promise<Placement[]> =>
      reader.rows(tables.placement, sql`WHERE record_id IN (${bytes(ids)}) ORDER BY record_id, from_on, id`),
    openPlacements: (area: Area, limit: number, from: string | null): Promise<Placement[]> =>
      reader.rows(
        tables.placement,
        sql`WHERE ${within(area)} AND until_on IS NULL AND ${placement} AND ${after(from)} ORDER BY id LIMIT ${limit}`,
      ),
    countOpenPlacements: (area: Area) =>
      count('placement', sql`${within(area)} AND until_on IS NULL AND ${placement}`),
    stepsByApplication: (ids: readonly string[]): Promise<ApplicationStep[]> =>
      reader.rows(
        tables.applicationStep,
        sql`WHERE application_id IN (${bytes(ids)}) ORDER BY application_id, seq`,
      ),
    /** Undecided applications whose step was due before a day and that somebody above can take, the oldest first. */
    overdue: (state: ApplicationState, before: string, limit: number): Promise<Application[]> =>
      reader.rows(
        tables.application,
        sql`WHERE state = ${state} AND due_on < ${before}
            AND (task <> 'DECIDE' OR holder_level IN ('COUNTY','CITY')) ORDER BY due_on, id LIMIT ${limit}`,
      ),
    /** What is still to be done at neighbours, oldest first, a page at a time. */
    openFollowUps: (limit: number, from: string | null): Promise<FollowUp[]> =>
      reader.rows(tables.followUp, sql`WHERE done_at IS NULL AND ${after(from)} ORDER BY id LIMIT ${limit}`),
    /** The same of certain records. */
    openFollowUpsOf: (recordIds: readonly string[]): Promise<FollowUp[]> =>
      reader.rows(
        tables.followUp,
        sql`WHERE record_id IN (${bytes(recordIds)}) AND done_at IS NULL ORDER BY id`,
      ),
    eventsByRecord: (ids: readonly string[]): Promise<RecordEvent[]> =>
      reader.rows(tables.recordEvent, sql`WHERE record_id IN (${bytes(ids)}) ORDER BY record_id, seq`),
    /** Who has each number, whoever took it over last before those it had before. */
    numbersByDigest: (digests: readonly string[]): Promise<IssuedNumber[]> =>
      reader.rows(
        tables.recordNumber,
        sql`WHERE digest IN (${many(digests.map((hex) => Buffer.from(hex, 'hex')))}) ORDER BY digest, claim DESC`,
      ),
    /** Every number of each record, in the order they were issued. */
    numbersByRecord: (ids: readonly string[]): Promise<IssuedNumber[]> =>
      reader.rows(tables.recordNumber, sql`WHERE record_id IN (${bytes(ids)}) ORDER BY record_id, seq`),
    calendarDays: (): Promise<NamedDay[]> => reader.rows(tables.calendarDay, sql`ORDER BY year, day`),
    /** Children in each class now. */
    headcountsOfClasses: (ids: readonly string[]) =>
      tally(
        sql`SELECT class_id AS k, COUNT(*) AS n FROM placement WHERE class_id IN (${bytes(ids)}) AND until_on IS NULL AND ${placement} GROUP BY class_id`,
      ),
    /** Applications on their way into each class. */
    pendingOfClasses: (ids: readonly string[]) =>
      tally(
        sql`SELECT class_id AS k, COUNT(*) AS n FROM application WHERE class_id IN (${bytes(ids)}) AND state IN ('SUBMITTED','RETURNED') AND ${application} GROUP BY class_id`,
      ),
    headcountsOfInstitutions: async (codes: readonly string[]): Promise<Map<string, number>> => {
      const rows = await reader.select<{ k: string; n: unknown }>(
        sql`SELECT institution_code AS k, COUNT(*) AS n FROM placement WHERE institution_code IN (${many(codes)}) AND until_on IS NULL AND ${placement} GROUP BY institution_code`,
      );
      return new Map(rows.map(({ k, n }) => [k, Number(n)]));
    },
  };
}
export type RecordQueries = ReturnType<typeof recordQueries>;
