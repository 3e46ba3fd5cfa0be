import { EntitySchema } from 'typeorm';
import { toBytes } from '../../../kernel/store/ids.ts';
import type { Kit } from '../../../kernel/store/kit.ts';
import type { Transaction } from '../../../kernel/store/rows.ts';
import { join, many, raw, sql } from '../../../kernel/store/sql.ts';
import type { FeedChange, FeedConsumer, FeedEntry, FeedHead } from '../model.ts';
import type { PrimaryLinkStore } from './store.ts';

/** Migration 3. */
const change = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  recordId: kit.id(),
  version: kit.int(),
  at: kit.instant(),
  facts: kit.json(),
  streams: kit.json(),
  sequencedAt: kit.instant({ nullable: true }),
});
const entry = (kit: Kit) => ({
  stream: kit.text(24, { primary: true }),
  part: kit.int({ primary: true }),
  seq: kit.int({ primary: true }),
  changeId: kit.id(),
});
const head = (kit: Kit) => ({
  stream: kit.text(24, { primary: true }),
  part: kit.int({ primary: true }),
  seq: kit.int(),
});
const consumer = (kit: Kit) => ({
  account: kit.text(80, { primary: true }),
  stream: kit.text(24, { primary: true }),
  part: kit.int({ primary: true }),
  seq: kit.int(),
  seenAt: kit.instant(),
});
const lease = (kit: Kit) => ({ id: kit.int({ primary: true }), turn: kit.int() });

const DUE = [{ name: 'feed_change_due', columns: ['sequencedAt', 'id'] }];

export const feedTables = (kit: Kit) => ({
  feedChange: new EntitySchema<FeedChange>({ name: 'feed_change', columns: change(kit), indices: DUE }),
  feedEntry: new EntitySchema<FeedEntry>({ name: 'feed_entry', columns: entry(kit) }),
  feedHead: new EntitySchema<FeedHead>({ name: 'feed_head', columns: head(kit) }),
  feedConsumer: new EntitySchema<FeedConsumer>({ name: 'feed_consumer', columns: consumer(kit) }),
  /** The one row whose lock says who gives out places. */
  feedLease: new EntitySchema<{ id: number; turn: number }>({ name: 'feed_lease', columns: lease(kit) }),
});

export const newFeedTables = (kit: Kit) => [
  { name: 'feed_change', columns: change(kit), indices: DUE },
  { name: 'feed_entry', columns: entry(kit) },
  { name: 'feed_head', columns: head(kit) },
  { name: 'feed_consumer', columns: consumer(kit) },
  { name: 'feed_lease', columns: lease(kit) },
];

export function feedQueries({ reader, tables, dialect }: PrimaryLinkStore) {
  const lite = dialect === 'sqlite';
  return {
    /** Those of the changes that are known already. */
    knownChanges: (ids: readonly string[]): Promise<FeedChange[]> =>
      reader.rows(tables.feedChange, sql`WHERE id IN (${many(ids.map(toBytes))})`),
    /** A page of a stream after a place. */
    feedEntries: (stream: string, part: number, after: number, limit: number): Promise<FeedEntry[]> =>
      reader.rows(
        tables.feedEntry,
        sql`WHERE stream = ${stream} AND part = ${part} AND seq > ${after} ORDER BY seq LIMIT ${limit}`,
      ),
    feedHeads: (stream: string): Promise<FeedHead[]> =>
      reader.rows(tables.feedHead, sql`WHERE stream = ${stream} ORDER BY part`),
    consumersOf: (stream: string): Promise<FeedConsumer[]> =>
      reader.rows(tables.feedConsumer, sql`WHERE stream = ${stream} ORDER BY account, part`),
    /** By how much the slowest consumer is behind, of those that have read since; 0 where nobody has. */
    async greatestLag(since: Date): Promise<number> {
      const at = lite ? since.toISOString() : since;
      const [row] = await reader.select<{ n: unknown }>(
        sql`SELECT MAX(h.seq - c.seq) AS n FROM feed_consumer c
            JOIN feed_head h ON h.stream = c.stream AND h.part = c.part WHERE c.seen_at >= ${at}`,
      );
      return Number(row?.n ?? 0);
    },
    async unsequenced(): Promise<number> {
      const [row] = await reader.select<{ n: unknown }>(
        sql`SELECT COUNT(*) AS n FROM feed_change WHERE sequenced_at IS NULL`,
      );
      return Number(row!.n);
    },
    /** One sequencer at a time: the others wait here. */
    async holdFeed(tx: Transaction): Promise<void> {
      const unlessThere = raw(lite ? 'ON CONFLICT DO NOTHING' : 'ON DUPLICATE KEY UPDATE turn = turn');
      await tx.execute(sql`INSERT INTO feed_lease (id, turn) VALUES (1, 0) ${unlessThere}`);
      await tx.execute(sql`UPDATE feed_lease SET turn = 1 - turn WHERE id = 1`);
    },
    dueChanges: (tx: Transaction, limit: number): Promise<FeedChange[]> =>
      tx.rows(
        tables.feedChange,
        sql`WHERE sequenced_at IS NULL AND record_id NOT IN (SELECT t.record_id FROM sealed_child s
          JOIN take_over t ON t.child_id = s.child_id WHERE s.sealed = 1) ORDER BY id LIMIT ${limit}`,
      ),
    headsOf: (tx: Transaction, streams: readonly string[]): Promise<FeedHead[]> =>
      tx.rows(tables.feedHead, sql`WHERE stream IN (${many(streams)})`),
    async putHeads(tx: Transaction, heads: readonly FeedHead[]): Promise<void> {
      const rows = heads.map(({ stream, part, seq }) => sql`(${stream}, ${part}, ${seq})`);
      const update = raw(
        lite ? 'ON CONFLICT DO UPDATE SET seq = excluded.seq' : 'ON DUPLICATE KEY UPDATE seq = VALUES(seq)',
      );
      await tx.execute(sql`INSERT INTO feed_head (stream, part, seq) VALUES ${join(rows, ', ')} ${update}`);
    },
    async noteConsumer(tx: Transaction, { account, stream, part, seq, seenAt }: FeedConsumer): Promise<void> {
      const at = lite ? seenAt.toISOString() : seenAt;
      const update = raw(
        lite
          ? 'ON CONFLICT DO UPDATE SET seq = excluded.seq, seen_at = excluded.seen_at'
          : 'ON DUPLICATE KEY UPDATE seq = VALUES(seq), seen_at = VALUES(seen_at)',
      );
      await tx.execute(
        sql`INSERT INTO feed_consumer (account, stream, part, seq, seen_at) VALUES (${account}, ${stream}, ${part}, ${seq}, ${at}) ${update}`,
      );
    },
  };
}
export type FeedQueries = ReturnType<typeof feedQueries>;
