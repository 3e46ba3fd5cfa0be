import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { Area } from '../../../kernel/rules/viewer.ts';
import { within } from '../../../kernel/store/area.ts';
import { toBytes } from '../../../kernel/store/ids.ts';
import { SHIELDED, type Eyes } from '../../../kernel/store/sealed-children.ts';
import { all, join, many, raw, sql, type Sql } from '../../../kernel/store/sql.ts';
import {
  APPLICATION_STATE,
  type Application,
  type ApplicationKind,
  type ApplicationState,
  type ApplicationTask,
} from '../model.ts';
import { unsealedRecord } from './sealed.ts';
import type { RecordStore } from './store.ts';

export interface ApplicationFilter {
  readonly area: Area;
  readonly state?: ApplicationState | null;
  readonly kind?: ApplicationKind | null;
  readonly task?: ApplicationTask | null;
  /** Only those undecided. */
  readonly undecided?: boolean;
  /** Only those undecided whose step was due before this day. */
  readonly dueBefore?: PlainDate | null;
  /** Only those whose turn it is here. */
  readonly heldBy?: Area | null;
  /** Only those somebody else submitted. */
  readonly notSubmittedBy?: string | null;
}

/** By id, which is the order of submission, or by the day the step is due. */
export type QueueOrder = 'ID' | 'DUE';

/** The last row of the page before. */
export interface QueuePosition {
  readonly id: string;
  readonly dueOn: PlainDate;
}

/** What waits for one holder: of one kind, for one task. */
export interface QueueCount {
  readonly kind: ApplicationKind;
  readonly task: ApplicationTask;
  readonly waiting: number;
  readonly overdue: number;
  /** The earliest day any of them is due. */
  readonly nextDueOn: PlainDate;
}

const UNDECIDED: readonly ApplicationState[] = ['SUBMITTED', 'RETURNED'];
const EVERY = Object.keys(APPLICATION_STATE) as ApplicationState[];

const COLUMN = {
  PROVINCE: 'province_code',
  CITY: 'city_code',
  COUNTY: 'county_code',
  INSTITUTION: 'institution_code',
} as const;
const FROM = {
  PROVINCE: 'from_province_code',
  CITY: 'from_city_code',
  COUNTY: 'from_county_code',
  INSTITUTION: 'from_institution_code',
} as const;

/** Applications that take a child away from the area. */
export const comesFrom = (area: Area): Sql => within(area, FROM);

/**
 * The applications of an area, in parts that have nothing in common: those that go there, and those that take a child
 * away from there to elsewhere. Each part is a range of one index; an OR of both would be none.
 */
function partsOf(area: Area): Sql[] {
  if (area.level === 'NATION') return [raw('TRUE')];
  const to = raw(COLUMN[area.level]);
  return [within(area), sql`${comesFrom(area)} AND (${to} IS NULL OR ${to} <> ${area.code})`];
}

const held = ({ level, code }: Area) => sql`holder_code = ${code} AND holder_level = ${level}`;

/** Whose turn it is sees it, so the index over holders answers alone; within a smaller area it still leads. */
function placesOf({ area, heldBy }: ApplicationFilter): Sql[] {
  if (!heldBy) return partsOf(area);
  if (heldBy.level === area.level && heldBy.code === area.code) return [held(heldBy)];
  return [sql`${held(heldBy)} AND (${join(partsOf(area), ' OR ')})`];
}

function statesOf({ state, undecided, dueBefore }: ApplicationFilter): readonly ApplicationState[] {
  const possible = undecided || dueBefore != null ? UNDECIDED : EVERY;
  return state == null ? possible : possible.filter((one) => one === state);
}

const rest = ({ kind, task, dueBefore, notSubmittedBy }: ApplicationFilter, eyes: Eyes): Sql =>
  all([
    unsealedRecord(eyes, 'application.record_id'),
    ...(kind == null ? [] : [sql`kind = ${kind}`]),
    ...(task == null ? [] : [sql`task = ${task}`]),
    ...(dueBefore == null ? [] : [sql`due_on < ${dueBefore}`]),
    ...(notSubmittedBy == null ? [] : [sql`submitted_by <> ${notSubmittedBy}`]),
  ]);

/** The ranges of indices that hold the answer; ordered alike, so that a page takes the first rows of each. */
function ranges(filter: ApplicationFilter, order: QueueOrder, eyes: Eyes): Sql[] {
  const states = statesOf(filter);
  const places = placesOf(filter);
  const whole = filter.heldBy || (filter.area.level === 'NATION' && order === 'ID');
  if (whole) return places.map((place) => all([place, sql`state IN (${many(states)})`, rest(filter, eyes)]));
  return places.flatMap((place) =>
    states.map((state) => all([place, sql`state = ${state}`, rest(filter, eyes)])),
  );
}

function beyond(after: QueuePosition | null, order: QueueOrder): Sql {
  if (after === null) return raw('TRUE');
  const id = sql`id > ${toBytes(after.id)}`;
  return order === 'ID' ? id : sql`due_on >= ${after.dueOn} AND (due_on > ${after.dueOn} OR ${id})`;
}

/** Everything of a page from WHERE on; also what the tests look at how a database reads. */
export function queuePage(
  filter: ApplicationFilter,
  order: QueueOrder,
  limit: number,
  after: QueuePosition | null,
  eyes: Eyes = SHIELDED,
): Sql {
  const by = raw(order === 'ID' ? 'id' : 'due_on, id');
  const ends = sql`AND ${beyond(after, order)} ORDER BY ${by} LIMIT ${limit}`;
  const found = ranges(filter, order, eyes);
  if (found.length === 0) return raw('WHERE FALSE');
  if (found.length === 1) return sql`WHERE ${found[0]} ${ends}`;
  const pages = found.map(
    (range, i) =>
      sql`SELECT page_id FROM (SELECT id AS page_id FROM application WHERE ${range} ${ends}) AS ${raw(`part${i}`)}`,
  );
  return sql`JOIN (${join(pages, ' UNION ALL ')}) AS page ON page.page_id = application.id ORDER BY ${by} LIMIT ${limit}`;
}

/** How many, range by range. */
export function queueCount(filter: ApplicationFilter, eyes: Eyes = SHIELDED): Sql {
  const states = statesOf(filter);
  const parts = placesOf(filter).map(
    (place) =>
      sql`SELECT COUNT(*) AS n FROM application WHERE ${place} AND state IN (${many(states)}) AND ${rest(filter, eyes)}`,
  );
  return sql`SELECT SUM(n) AS n FROM (${join(parts, ' UNION ALL ')}) AS parts`;
}

/** The work queues: a keyset page of one statement, and counts. */
export function queueQueries({ reader, tables }: RecordStore, eyes: Eyes = SHIELDED) {
  return {
    applications: (
      filter: ApplicationFilter,
      order: QueueOrder,
      limit: number,
      after: QueuePosition | null,
    ): Promise<Application[]> =>
      reader.rows(tables.application, queuePage(filter, order, limit, after, eyes)),
    countApplications: async (filter: ApplicationFilter): Promise<number> => {
      const [row] = await reader.select<{ n: unknown }>(queueCount(filter, eyes));
      return Number(row!.n);
    },
    /** What waits for one holder, by kind and task. */
    queueOf: async (holder: Area, today: PlainDate): Promise<QueueCount[]> => {
      const rows = await reader.select<QueueCount & { waiting: unknown; overdue: unknown }>(
        sql`SELECT kind, task, COUNT(*) AS waiting, SUM(CASE WHEN due_on < ${today} THEN 1 ELSE 0 END) AS overdue,
            MIN(due_on) AS nextDueOn
          FROM application WHERE ${held(holder)} AND ${unsealedRecord(eyes, 'application.record_id')} GROUP BY kind, task ORDER BY kind, task`,
      );
      return rows.map((row) => ({ ...row, waiting: Number(row.waiting), overdue: Number(row.overdue) }));
    },
  };
}
