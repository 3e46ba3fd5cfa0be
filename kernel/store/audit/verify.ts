import { toBytes } from '../ids.ts';
import { many, raw, sql } from '../sql.ts';
import { GENESIS, hashOf } from './chain.ts';
import type { AuditEntry, AuditLink, AuditRoot } from './entry.ts';
import { firstIdAt, unlinkedFrom } from './reading.ts';
import type { AuditStore } from './sealer.ts';

/** What is wrong with a log, and where. */
export const AUDIT_FAULT = {
  ENTRY_CHANGED: 'the entry or its link is not what was sealed',
  ENTRY_DROPPED: 'the link is there, its entry is not',
  LINK_DROPPED: 'links are missing before this place',
  OUT_OF_ORDER: 'the link does not follow the one before it',
  NOT_SEALED: 'the entry has no link: it was put in from outside, or the service has not sealed it yet',
  TRUNCATED: 'a root was given for this place, and the chain ends before it',
  ROOT_DIFFERS: 'a root was given for this place, and it has another hash',
} as const;

export interface AuditFault {
  readonly fault: keyof typeof AUDIT_FAULT;
  readonly authority: string;
  readonly seq: number | null;
  readonly entryId: string | null;
}

export interface Verified {
  readonly chains: number;
  readonly links: number;
  readonly faults: readonly AuditFault[];
}

export type GivenRoot = Pick<AuditRoot, 'authority' | 'seq' | 'hash'>;

const PAGE = 1000;
/** An entry this young may still be waiting for its link. */
const GRACE_MS = 60_000;

/**
 * Reckons every chain anew. `given` are roots that were kept elsewhere: without them nobody can tell a chain whose end was
 * cut off, or one that was written anew as a whole.
 */
export async function verifyAudit(
  store: AuditStore,
  given: readonly GivenRoot[] = [],
  now: Date = new Date(),
): Promise<Verified> {
  const stored = await store.reader.rows(store.tables.auditRoot, raw(''));
  const roots = [...stored, ...given];
  const found = await store.reader.select<{ authority: string }>(
    sql`SELECT DISTINCT authority FROM audit_link`,
  );
  const authorities = new Set([...found, ...roots].map(({ authority }) => authority));
  const faults: AuditFault[] = [];
  let links = 0;
  for (const authority of [...authorities].sort()) {
    const mine = roots.filter((root) => root.authority === authority);
    links += await verifyChain(store, authority, mine, faults);
  }
  for await (const { authority, id } of unsealed(store, now))
    faults.push({ fault: 'NOT_SEALED', authority, seq: null, entryId: id });
  return { chains: authorities.size, links, faults };
}

async function verifyChain(
  store: AuditStore,
  authority: string,
  roots: readonly GivenRoot[],
  faults: AuditFault[],
): Promise<number> {
  let before: Pick<AuditLink, 'seq' | 'hash'> = { seq: 0, hash: GENESIS };
  let links = 0;
  const tell = (fault: AuditFault['fault'], seq: number, entryId: string | null = null) =>
    faults.push({ fault, authority, seq, entryId });
  for await (const { link, entry } of chainOf(store, authority)) {
    links++;
    if (link.seq !== before.seq + 1) tell('LINK_DROPPED', before.seq + 1);
    else if (link.previous !== before.hash) tell('OUT_OF_ORDER', link.seq, link.entryId);
    if (!entry) tell('ENTRY_DROPPED', link.seq, link.entryId);
    else if (hashOf(link, entry) !== link.hash) tell('ENTRY_CHANGED', link.seq, link.entryId);
    for (const root of roots)
      if (root.seq === link.seq && root.hash !== link.hash) tell('ROOT_DIFFERS', link.seq, link.entryId);
    before = link;
  }
  const cut = roots.filter(({ seq }) => seq > before.seq).map(({ seq }) => seq);
  if (cut.length > 0) tell('TRUNCATED', Math.max(...cut));
  return links;
}

async function* chainOf(
  { tables, reader }: AuditStore,
  authority: string,
): AsyncGenerator<{ link: AuditLink; entry: AuditEntry | undefined }> {
  for (let last = 0; ;) {
    const links = await reader.rows(
      tables.auditLink,
      sql`WHERE authority = ${authority} AND seq > ${last} ORDER BY seq LIMIT ${PAGE}`,
    );
    if (links.length === 0) return;
    const ids = links.map(({ entryId }) => toBytes(entryId));
    const entries = await reader.rows(tables.auditEntry, sql`WHERE id IN (${many(ids)})`);
    const byId = new Map(entries.map((entry) => [entry.id, entry]));
    for (const link of links) yield { link, entry: byId.get(link.entryId) };
    last = links.at(-1)!.seq;
  }
}

async function* unsealed(store: AuditStore, now: Date): AsyncGenerator<AuditEntry> {
  const until = now.getTime() - GRACE_MS;
  // Those without a link are few, or the log is of no worth; so one page of them says enough.
  for (const entry of await unlinkedFrom(store, store.reader, firstIdAt(new Date(0)), PAGE))
    if (entry.at.getTime() < until) yield entry;
}
