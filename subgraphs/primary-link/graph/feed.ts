import { Arg, Ctx, Directive, Int, Mutation, Query, Resolver } from 'type-graphql';
import { Access } from '../../../kernel/graph/access.ts';
import { After, cursorOf, First, pageRequest } from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { fault } from '../../../kernel/graph/faults.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import { ACTIONS } from '../../../kernel/rules/actions.ts';
import type { FeedKind, TakeOver, TakeOverState } from '../model.ts';
import { FEED_PARTS, streamOf } from '../rules/feed.ts';
import { STATUS_OF_RECORD } from '../rules/resolution.ts';
import type { FeedLag, FeedPage } from '../service/feed.ts';
import type { Context } from './context.ts';
import {
  ApplyRecordChangesInput,
  ApplyRecordChangesPayload,
  FeedConsumerType,
  RecordChangePage,
  type RecordChangeType,
} from './feed-types.ts';

const TOMBSTONES: readonly (FeedKind | TakeOverState | null)[] = ['CANCELLED', 'MERGED', 'RELEASED'];

/** Says which stream it is of, so that no cursor leads through another. */
const CURSOR = /^[A-Z]+ \d{6,10} \d \d{1,12}$/;

function placeIn(stream: string, after: string | null): number | null {
  if (after === null) return null;
  const prefix = `${stream} `;
  if (!after.startsWith(prefix))
    throw fault(
      'BAD_USER_INPUT',
      'after 是另一数据流或分区的游标。',
      'after is a cursor of another stream or part.',
    );
  return Number(after.slice(prefix.length));
}

@Resolver()
export class FeedResolvers {
  @Access(...ACTIONS.recordChanges)
  @Query(() => RecordChangePage, {
    nullable: true,
    ...d(
      '本校或本辖区的学籍变更，按分区依序；游标可从任一处重放',
      'Changes of records that concern your school or area, part by part and in order; any cursor replays from there',
    ),
  })
  async recordChanges(
    @Arg(
      'partition',
      () => Int,
      d('分区 0 至 3；同一学籍总在同一分区', 'Which part, 0 to 3; a record is always in one'),
    )
    partition: number,
    @First() count: number,
    @After() cursor: string | null,
    @Ctx() context: Context,
  ): Promise<RecordChangePage> {
    const { primaryLink, viewer, loaders } = context;
    if (!Number.isInteger(partition) || partition < 0 || partition >= FEED_PARTS) throw noPart(partition);
    const stream = `${streamOf(viewer.area)} ${partition}`;
    const page = pageRequest(count, cursor, CURSOR);
    const found = await primaryLink.readFeed(viewer, partition, placeIn(stream, page.after), page.first);
    const changes = await Promise.all(
      found.entries.map(async (entry) =>
        shown(entry, stream, await loaders.takeOverOfRecord.load(entry.change.recordId)),
      ),
    );
    // A look that finds nothing is no use made of it.
    if (changes.length > 0) await primaryLink.uses.noteCall(context, 'FEED', changes.length);
    return { changes, endCursor: changes.at(-1)?.cursor ?? cursor ?? null, hasMore: found.hasMore };
  }

  @Access(...ACTIONS.recordChanges)
  @Sized(40)
  @Query(() => [FeedConsumerType], {
    nullable: true,
    ...d('本校或本辖区数据流的读取进度', 'How far everybody is who reads the stream of your school or area'),
  })
  async feedConsumers(@Ctx() { primaryLink, viewer }: Context): Promise<FeedConsumerType[]> {
    return (await primaryLink.feedLags(viewer)).map(shownLag);
  }

  @Access('SERVICE')
  @Directive('@inaccessible')
  @Mutation(() => ApplyRecordChangesPayload, {
    nullable: true,
    ...d(
      '学籍变更进入数据流，可重复（子图间）',
      'Take changes of records into the feed; repeatable, for neighbours',
    ),
  })
  async applyRecordChanges(
    @Arg('input', () => ApplyRecordChangesInput, d('输入', 'The input')) { changes }: ApplyRecordChangesInput,
    @Ctx() { primaryLink }: Context,
  ): Promise<ApplyRecordChangesPayload> {
    return { applied: await primaryLink.applyRecordChanges(changes), userErrors: [] };
  }
}

function shown(
  { seq, change }: FeedPage['entries'][number],
  stream: string,
  takeOver: TakeOver | null,
): RecordChangeType {
  const { id, recordId, version, at, facts } = change;
  const { kinds, effectiveOn, statusTo, takeOverState } = facts;
  return {
    ...{ id, seq, cursor: cursorOf(`${stream} ${seq}`), recordId, version, kinds, at, effectiveOn },
    status: statusTo === null ? null : (STATUS_OF_RECORD[statusTo] ?? null),
    takeOverState,
    tombstone: [...kinds, takeOverState].some((one) => TOMBSTONES.includes(one)),
    takeOver,
  };
}

function shownLag({ account, part: partition, seq, head, lag, seenAt }: FeedLag): FeedConsumerType {
  return { account, partition, seq, head, lag, seenOn: seenAt.toISOString().slice(0, 10) };
}

function noPart(got: number) {
  const most = FEED_PARTS - 1;
  return fault(
    'BAD_USER_INPUT',
    `partition 应为 0 至 ${most}，实际 ${got}。`,
    `partition must be 0 to ${most}, ${got} came.`,
  );
}
