/** The school's copy of what happens to the records of its pupils, kept by the change feed. */
import type { SchoolDatabase } from './database.ts';
import type { Graph } from './graph.ts';
import type { Mischief } from './mischief.ts';
import { schoolFollow, type SchoolFollowData } from './operations.ts';
import type { Pupils } from './pupils.ts';

type Change = NonNullable<SchoolFollowData['recordChanges']>['changes'][number];

export const PARTITIONS = [0, 1, 2, 3] as const;

interface Following {
  readonly graph: Graph;
  readonly db: SchoolDatabase;
  readonly pupils: Pupils;
  readonly mischief: Mischief;
}

export function placeIn(db: SchoolDatabase, partition: number): { cursor: string | null; seq: number } {
  const [row] = db.rows('SELECT cursor, seq FROM feed_place WHERE partition = ?', partition);
  return { cursor: (row?.['cursor'] ?? null) as string | null, seq: Number(row?.['seq'] ?? 0) };
}

/** Reads one part of the stream to its end. What was dealt with and how far it came are kept in one step. */
export async function follow(following: Following, partition: number, first = 100): Promise<void> {
  const { graph, db, mischief } = following;
  for (;;) {
    const { cursor } = placeIn(db, partition);
    const { recordChanges } = await graph.ask(schoolFollow, { partition, after: cursor, first });
    mischief.at('follow.answered');
    const { changes, hasMore } = recordChanges;
    if (changes.length > 0) db.transaction(() => take(following, partition, changes));
    mischief.at('follow.applied');
    if (!hasMore) return;
  }
}

function take({ db, pupils, mischief }: Following, partition: number, changes: readonly Change[]): void {
  const { seq } = placeIn(db, partition);
  // Another process of this school has read on meanwhile; what it has dealt with is not ours any more.
  const fresh = changes.filter((change) => change.seq > seq);
  if (fresh.length === 0) return;
  if (fresh[0]!.seq !== seq + 1)
    throw new Error(`the feed has a gap: ${seq + 1} was expected, ${fresh[0]!.seq} came`);
  for (const change of mischief.shuffled(fresh)) {
    const isNew = db.run(
      'INSERT INTO feed_seen VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      change.id,
      partition,
      change.seq,
    );
    if (isNew === 1) keep(db, pupils, change);
  }
  const last = fresh.at(-1)!;
  db.run('INSERT INTO feed_place VALUES (?, ?, ?) ON CONFLICT (partition) DO UPDATE SET cursor = excluded.cursor, seq = excluded.seq', partition, last.cursor, last.seq); // prettier-ignore
}

function keep(db: SchoolDatabase, pupils: Pupils, change: Change): void {
  const { recordId, version, status, tombstone, kinds, takeOver } = change;
  // Versions of a take-over and of its record are two counts; the record's decides about the copy.
  if (!kinds.includes('TAKE_OVER'))
    db.run(
      `INSERT INTO record_copy VALUES (?, ?, ?, ?) ON CONFLICT (record_id) DO UPDATE SET
         version = excluded.version, status = excluded.status, tombstone = excluded.tombstone
       WHERE excluded.version > record_copy.version`,
      ...[recordId, version, status, tombstone ? 1 : 0],
    );
  const pupil = takeOver && pupils.byTakeOver(takeOver.id);
  if (!takeOver || !pupil) return;
  // The take-over comes as it is now, whichever change told of it.
  const over = takeOver.state === 'CANCELLED' || takeOver.state === 'RELEASED';
  pupils.change(pupil.ref, {
    recordId,
    ...(over && { state: 'GIVEN_BACK' }),
    ...(takeOver.archive && {
      number: takeOver.archive.number,
      bornOn: takeOver.archive.bornOn,
      status: takeOver.archive.status,
    }),
  });
}
