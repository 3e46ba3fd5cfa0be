import { always, type GoesOn } from '../../../kernel/rules/goes-on.ts';
import { today } from '../../../kernel/rules/plain-date.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { Conflict } from '../../../kernel/store/errors.ts';
import { newId, toBytes } from '../../../kernel/store/ids.ts';
import { many, sql } from '../../../kernel/store/sql.ts';
import type { FeedChange, FeedEntry, FeedHead, FeedKind, TakeOver } from '../model.ts';
import { partOf, streamOf, streamsAt, streamsOf, takeOverFacts } from '../rules/feed.ts';
import type { Deps } from './deps.ts';

/** A change of a record, as the records subgraph tells it. */
export interface ToldChange {
  readonly id: string;
  readonly recordId: string;
  readonly seq: number;
  readonly at: string;
  /** JSON, as records wrote it down. */
  readonly facts: string;
}

interface ToldFacts {
  readonly kinds: readonly FeedKind[];
  readonly statusFrom: string | null;
  readonly statusTo: string;
  readonly effectiveOn: string;
  readonly provinceCode: string;
  readonly cityCode: string | null;
  readonly countyCode: string;
  readonly fromProvinceCode: string | null;
  readonly fromCityCode: string | null;
  readonly fromCountyCode: string | null;
}

/** Takes in what records tells, each once, however often it is told; answers what is taken. */
export async function takeIn(deps: Deps, told: readonly ToldChange[]): Promise<string[]> {
  const { store, queries } = deps;
  const known = new Set((await queries.knownChanges(told.map(({ id }) => id))).map(({ id }) => id));
  const fresh = told.filter(({ id }) => !known.has(id)).map(changeOf);
  try {
    if (fresh.length > 0) await store.transaction((tx) => tx.insert(store.tables.feedChange, fresh));
  } catch (error) {
    // Told by two at once: the other one has taken some of them in, so look again.
    if (!(error instanceof Conflict)) throw error;
    return takeIn(deps, told);
  }
  return told.map(({ id }) => id);
}

function changeOf({ id, recordId, seq: version, at, facts: text }: ToldChange): FeedChange {
  const facts = JSON.parse(text) as ToldFacts;
  const { kinds, statusFrom, statusTo, effectiveOn, fromProvinceCode, fromCityCode, fromCountyCode } = facts;
  const from =
    fromCountyCode === null || fromProvinceCode === null
      ? []
      : streamsAt({ provinceCode: fromProvinceCode, cityCode: fromCityCode, countyCode: fromCountyCode });
  return {
    ...{ id, recordId, version, at: new Date(at), sequencedAt: null },
    facts: { kinds, statusFrom, statusTo, effectiveOn, takeOverId: null, takeOverState: null },
    streams: [...new Set([...streamsAt(facts), ...from])],
  };
}

/** A take-over that stands otherwise, written in the transaction that made it so. */
export const takeOverChange = (takeOver: TakeOver, at: Date): FeedChange => ({
  ...{ id: newId(), recordId: takeOver.recordId, version: takeOver.version, at, sequencedAt: null },
  facts: takeOverFacts(takeOver, today(at)),
  streams: [...new Set(streamsOf(takeOver))],
});

const AT_ONCE = 1000;

/**
 * Gives every change its place in the streams it concerns, without a gap: one sequencer at a time, and its places stand
 * together with what they are given to, or not at all.
 */
export async function sequence(deps: Deps, goesOn: GoesOn = always): Promise<void> {
  while (goesOn()) {
    const n = await sequenceSome(deps);
    if (n < AT_ONCE) return;
  }
}

export async function sequenceSome({ store, queries, now }: Deps): Promise<number> {
  return store.transaction(async (tx) => {
    await queries.holdFeed(tx);
    const due = await queries.dueChanges(tx, AT_ONCE);
    if (due.length === 0) return 0;
    const standing = await queries.sidesOfStanding(tx, [...new Set(due.map(({ recordId }) => recordId))]);
    const schools = new Map<string, string[]>();
    for (const one of standing)
      schools.set(one.recordId, [...(schools.get(one.recordId) ?? []), ...streamsOf(one)]);
    const streams = due.map((one) => [...new Set([...one.streams, ...(schools.get(one.recordId) ?? [])])]);
    const heads = new Map(
      (await queries.headsOf(tx, [...new Set(streams.flat())])).map((one) => [keyOf(one), one] as const),
    );
    const entries: FeedEntry[] = due.flatMap((change, i) =>
      streams[i]!.map((stream) => placed(heads, stream, change)),
    );
    await tx.insert(store.tables.feedEntry, entries);
    await queries.putHeads(tx, [...heads.values()]);
    const ids = many(due.map(({ id }) => toBytes(id)));
    await tx.set(store.tables.feedChange, { sequencedAt: now() }, sql`id IN (${ids})`);
    return due.length;
  });
}

const keyOf = ({ stream, part }: Pick<FeedHead, 'stream' | 'part'>) => `${stream} ${part}`;

function placed(
  heads: Map<string, FeedHead>,
  stream: string,
  { id: changeId, recordId }: FeedChange,
): FeedEntry {
  const part = partOf(recordId);
  const seq = (heads.get(keyOf({ stream, part }))?.seq ?? 0) + 1;
  heads.set(keyOf({ stream, part }), { stream, part, seq });
  return { stream, part, seq, changeId };
}

export interface FeedPage {
  readonly entries: readonly (FeedEntry & { readonly change: FeedChange })[];
  readonly hasMore: boolean;
}

/** A page of the viewer's own stream. Going on after a place says that everything up to it has been dealt with. */
export async function readFeed(
  { store, queries, now }: Deps,
  { account, area }: Viewer,
  part: number,
  after: number | null,
  limit: number,
): Promise<FeedPage> {
  const stream = streamOf(area);
  const found = await queries.feedEntries(stream, part, after ?? 0, limit + 1);
  const page = found.slice(0, limit);
  const changes = await queries.knownChanges(page.map(({ changeId }) => changeId));
  const byId = new Map(changes.map((one) => [one.id, one]));
  if (after !== null) {
    const consumer = { account, stream, part, seq: after, seenAt: now() };
    await store.transaction((tx) => queries.noteConsumer(tx, consumer));
  }
  return {
    entries: page.map((one) => ({ ...one, change: byId.get(one.changeId)! })),
    hasMore: found.length > limit,
  };
}

export interface FeedLag extends FeedHead {
  readonly account: string;
  readonly head: number;
  readonly lag: number;
  readonly seenAt: Date;
}

/** How far everybody is who reads the viewer's stream; a school sees its own accounts, an authority its own. */
export async function feedLags({ queries }: Deps, { area }: Viewer): Promise<FeedLag[]> {
  const stream = streamOf(area);
  const [heads, consumers] = await Promise.all([queries.feedHeads(stream), queries.consumersOf(stream)]);
  const headOf = new Map(heads.map(({ part, seq }) => [part, seq]));
  return consumers.map((one) => {
    const head = headOf.get(one.part) ?? 0;
    return { ...one, head, lag: Math.max(0, head - one.seq) };
  });
}
