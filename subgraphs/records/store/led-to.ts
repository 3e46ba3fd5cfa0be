import { fromBytes, toBytes } from '../../../kernel/store/ids.ts';
import { SHIELDED, unsealed, type Eyes } from '../../../kernel/store/sealed-children.ts';
import { all, many, sql, type Sql } from '../../../kernel/store/sql.ts';
import type { NumberEndReason, Record } from '../model.ts';
import type { RecordStore } from './store.ts';

/** By what records are asked for. */
export interface Keys {
  readonly digests: readonly string[];
  readonly recordIds: readonly string[];
  readonly childIds: readonly string[];
}

/** A record something leads to: on from a cancelled duplicate, to the record that goes on. */
export interface LedTo {
  readonly record: Record;
  /** The number it was asked by, as it was issued; null where it was asked for otherwise. */
  readonly number: {
    readonly digest: string;
    readonly claim: number;
    readonly issuedOn: string;
    readonly endedOn: string | null;
    readonly endReason: NumberEndReason | null;
  } | null;
  /** The record that was meant; the same one where it was no duplicate. */
  readonly origin: { readonly id: string; readonly childId: string; readonly bornOn: string };
  /** The day the duplicate ended; null where there was none. */
  readonly mergedOn: string | null;
}

export interface LedToRow {
  readonly digest: Uint8Array | null;
  readonly claim: unknown;
  readonly issued_on: string | null;
  readonly ended_on: string | null;
  readonly end_reason: NumberEndReason | null;
  readonly origin: Uint8Array;
  readonly origin_child: Uint8Array;
  readonly origin_born_on: string;
  readonly merged_on: string | null;
}

const bytes = (ids: readonly string[]) => many(ids.map(toBytes));
const ENDED = 'CANCELLED';

/**
 * `led_to`: every way from what was asked to the record that goes on, which may have been merged itself since. There are no
 * circles, since a record is merged only into one that is not cancelled.
 */
export const ledTo = ({ digests, recordIds, childIds }: Keys): Sql => sql`(
  WITH RECURSIVE asked AS (
    SELECT digest, claim, issued_on, ended_on, end_reason, record_id AS origin FROM record_number
      WHERE digest IN (${many(digests.map((hex) => Buffer.from(hex, 'hex')))})
    UNION ALL SELECT NULL, 0, NULL, NULL, NULL, id FROM record WHERE id IN (${bytes(recordIds)})
    UNION ALL SELECT NULL, 0, NULL, NULL, NULL, id FROM record WHERE child_id IN (${bytes(childIds)})
  ), way AS (
    SELECT DISTINCT origin, origin AS present FROM asked
    UNION ALL SELECT way.origin, merged.merged_into FROM way JOIN record merged ON merged.id = way.present
      WHERE merged.status = ${ENDED} AND merged.merged_into IS NOT NULL
  )
  SELECT asked.digest, asked.claim, asked.issued_on, asked.ended_on, asked.end_reason, asked.origin, way.present,
      o.child_id AS origin_child, o.born_on AS origin_born_on,
      CASE WHEN way.present <> asked.origin THEN
        (SELECT MAX(e.effective_on) FROM record_event e WHERE e.record_id = o.id AND e.status_to = ${ENDED}) END AS merged_on
    FROM asked JOIN way ON way.origin = asked.origin JOIN record o ON o.id = asked.origin
) AS led_to`;

/** What a row beside a record says of the way to it. */
export function wayOf(row: LedToRow): Omit<LedTo, 'record'> {
  const number =
    row.digest === null
      ? null
      : {
          ...{ digest: Buffer.from(row.digest).toString('hex'), claim: Number(row.claim) },
          ...{ issuedOn: row.issued_on!, endedOn: row.ended_on, endReason: row.end_reason },
        };
  const origin = {
    ...{ id: fromBytes(row.origin), childId: fromBytes(row.origin_child), bornOn: row.origin_born_on },
  };
  return { number, origin, mergedOn: row.merged_on };
}

/** Only where a way ends. */
export const WAY_ENDS = sql`(r.status <> ${ENDED} OR r.merged_into IS NULL)`;

/** A way that begins or ends with a sealed child is none for eyes that may not see it. */
export const shownWay = (eyes: Eyes): Sql =>
  all([unsealed(eyes, 'r.child_id'), unsealed(eyes, 'led_to.origin_child')]);

export const ledToQueries = ({ reader, tables }: RecordStore, eyes: Eyes = SHIELDED) => ({
  /** One statement, whatever is asked and found; whoever took a number over last comes first. */
  async ledTo(keys: Keys): Promise<LedTo[]> {
    const rows = await reader.joined<Record, LedToRow>(
      tables.record,
      'r',
      sql`, led_to.* FROM ${ledTo(keys)} JOIN record r ON r.id = led_to.present
          WHERE ${WAY_ENDS} AND ${shownWay(eyes)} ORDER BY led_to.claim DESC`,
    );
    return rows.map(({ row: record, more }) => ({ record, ...wayOf(more) }));
  },
});
export type LedToQueries = ReturnType<typeof ledToQueries>;
