import type { Area, AreaLevel } from '../../../kernel/rules/viewer.ts';
import { within } from '../../../kernel/store/area.ts';
import { fromBytes } from '../../../kernel/store/ids.ts';
import { SHIELDED, type Eyes } from '../../../kernel/store/sealed-children.ts';
import { all, join, many, raw, sql } from '../../../kernel/store/sql.ts';
import { unsealedStep } from './sealed.ts';
import type { RecordStore } from './store.ts';

/** Which steps are looked at. */
export interface DelayFilter {
  readonly area: Area;
  /** Only those that were open on this day or later. */
  readonly since: string;
  /** Only holders with an open step that was due before this day; null for all. */
  readonly dueBefore: string | null;
}

/** Who held some of them. */
export interface HolderRow {
  readonly holderLevel: AreaLevel;
  readonly holderCode: string;
}

/** So many steps of a holder with the same days. */
export interface HeldRow extends HolderRow {
  readonly begunOn: string;
  readonly dueOn: string;
  readonly endedOn: string | null;
  readonly count: number;
}

/** The first open step of a holder that was due on a day. */
export interface DueStep extends HolderRow {
  readonly dueOn: string;
}

const HOLDER = 'holder_code, holder_level';
const AS_HOLDER = 'holder_code AS holderCode, holder_level AS holderLevel';

const stepsOf = ({ area, since }: DelayFilter, eyes: Eyes) =>
  all([within(area), sql`(ended_on IS NULL OR ended_on >= ${since})`, unsealedStep(eyes)]);

/** A step that is open and past its day lies in every period asked for. */
const holdersIn = (filter: DelayFilter, eyes: Eyes) =>
  filter.dueBefore === null
    ? stepsOf(filter, eyes)
    : all([within(filter.area), sql`ended_on IS NULL AND due_on < ${filter.dueBefore}`, unsealedStep(eyes)]);

/** Reads of who held work and for how long. Days are counted by whoever asks: no database knows the working days. */
export function delayQueries({ reader }: Pick<RecordStore, 'reader'>, eyes: Eyes = SHIELDED) {
  return {
    /** Holders in the order of their codes, a page at a time. */
    stepHolders(filter: DelayFilter, limit: number, after: HolderRow | null): Promise<HolderRow[]> {
      const later = after
        ? sql`(holder_code > ${after.holderCode} OR (holder_code = ${after.holderCode} AND holder_level > ${after.holderLevel}))`
        : raw('TRUE');
      return reader.select<HolderRow>(
        sql`SELECT DISTINCT ${raw(AS_HOLDER)} FROM application_step WHERE ${holdersIn(filter, eyes)} AND ${later} ORDER BY ${raw(HOLDER)} LIMIT ${limit}`,
      );
    },
    async countStepHolders(filter: DelayFilter): Promise<number> {
      const [row] = await reader.select<{ n: unknown }>(
        sql`SELECT COUNT(*) AS n FROM (SELECT DISTINCT ${raw(HOLDER)} FROM application_step WHERE ${holdersIn(filter, eyes)}) AS holders`,
      );
      return Number(row!.n);
    },
    async heldSteps(filter: DelayFilter, holders: readonly HolderRow[]): Promise<HeldRow[]> {
      const codes = [...new Set(holders.map(({ holderCode }) => holderCode))];
      const rows = await reader.select<Omit<HeldRow, 'count'> & { n: unknown }>(
        sql`SELECT ${raw(AS_HOLDER)}, begun_on AS begunOn, due_on AS dueOn, ended_on AS endedOn, COUNT(*) AS n
          FROM application_step WHERE holder_code IN (${many(codes)}) AND ${stepsOf(filter, eyes)}
          GROUP BY ${raw(HOLDER)}, begun_on, due_on, ended_on`,
      );
      return rows.map(({ n, ...row }) => ({ ...row, count: Number(n) }));
    },
    /** By holder code and level, the application of the first open step due on its day. */
    async firstDue(area: Area, steps: readonly DueStep[]): Promise<Map<string, string>> {
      if (steps.length === 0) return new Map();
      const wanted = steps.map(
        ({ holderCode, holderLevel, dueOn }) =>
          sql`(holder_code = ${holderCode} AND holder_level = ${holderLevel} AND due_on = ${dueOn})`,
      );
      const rows = await reader.select<HolderRow & { id: Uint8Array }>(
        sql`SELECT ${raw(AS_HOLDER)}, MIN(application_id) AS id FROM application_step
          WHERE ended_on IS NULL AND ${within(area)} AND ${unsealedStep(eyes)} AND (${join(wanted, ' OR ')}) GROUP BY ${raw(HOLDER)}`,
      );
      return new Map(
        rows.map(({ holderCode, holderLevel, id }) => [`${holderCode} ${holderLevel}`, fromBytes(id)]),
      );
    },
  };
}
export type DelayQueries = ReturnType<typeof delayQueries>;
