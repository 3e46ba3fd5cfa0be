import { toBytes } from '../ids.ts';
import type { Store } from '../open.ts';
import type { Reader } from '../rows.ts';
import { all, sql, type Sql } from '../sql.ts';
import type { AuditEntry, AuditLink } from './entry.ts';
import type { AuditTables } from './tables.ts';

type Tables = Pick<Store<AuditTables>, 'tables'>;

/** Entries without a link, oldest first. Their ids begin with their time, so only the rows from there on are looked at. */
export function unlinkedFrom(
  { tables }: Tables,
  reader: Reader,
  from: Uint8Array,
  limit: number,
): Promise<AuditEntry[]> {
  return reader.rows(
    tables.auditEntry,
    sql`WHERE id >= ${from}
        AND NOT EXISTS (SELECT 1 FROM audit_link WHERE audit_link.entry_id = audit_entry.id)
        ORDER BY id LIMIT ${limit}`,
  );
}

/** The last link of one chain, had from the key whatever its length. */
export const lastLinkOf = (authority: string): Sql =>
  sql`(authority = ${authority} AND seq = (SELECT MAX(seq) FROM audit_link WHERE authority = ${authority}))`;

/** The last link of each chain. */
export async function headsOf({ tables }: Tables, reader: Reader): Promise<Map<string, AuditLink>> {
  const last = sql`SELECT authority AS a, MAX(seq) AS s FROM audit_link GROUP BY authority`;
  const rows = await reader.rows(
    tables.auditLink,
    sql`JOIN (${last}) AS last ON last.a = authority AND last.s = seq`,
  );
  return new Map(rows.map((link) => [link.authority, link]));
}

/** What a reader of the log may ask for; everything left out is any. */
export interface AuditFilter {
  readonly authority?: string | null | undefined;
  readonly account?: string | null | undefined;
  readonly action?: string | null | undefined;
  readonly childId?: string | null | undefined;
  readonly caseId?: string | null | undefined;
  readonly subjectId?: string | null | undefined;
  readonly from?: Date | null | undefined;
  readonly until?: Date | null | undefined;
}

/** The log of one store, as a service lends it to its graph. */
export const auditReader =
  (store: Tables & Pick<Store<AuditTables>, 'reader'>) =>
  (filter: AuditFilter, after: string | null, limit: number): Promise<AuditEntry[]> =>
    entriesAfter(store, store.reader, filter, after, limit);

/** Entries after one of them, oldest first. */
export function entriesAfter(
  { tables }: Tables,
  reader: Reader,
  { authority, account, action, childId, caseId, subjectId, from, until }: AuditFilter,
  after: string | null,
  limit: number,
): Promise<AuditEntry[]> {
  const conditions = [
    ...(authority == null ? [] : [sql`authority = ${authority}`]),
    ...(account == null ? [] : [sql`account = ${account}`]),
    ...(action == null ? [] : [sql`action = ${action}`]),
    ...(childId == null ? [] : [sql`child_id = ${toBytes(childId)}`]),
    ...(caseId == null ? [] : [sql`case_id = ${toBytes(caseId)}`]),
    ...(subjectId == null ? [] : [sql`subject_id = ${subjectId}`]),
    ...(from == null ? [] : [sql`id >= ${firstIdAt(from)}`]),
    ...(until == null ? [] : [sql`id < ${firstIdAt(until)}`]),
    ...(after === null ? [] : [sql`id > ${toBytes(after)}`]),
  ];
  return reader.rows(tables.auditEntry, sql`WHERE ${all(conditions)} ORDER BY id LIMIT ${limit}`);
}

/** The smallest id of a moment. */
export function firstIdAt(at: Date): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(Math.max(0, at.getTime()), 0, 6);
  return bytes;
}
