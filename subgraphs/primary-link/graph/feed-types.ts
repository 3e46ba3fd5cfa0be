import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { DateTime, LocalDate } from '../../../kernel/graph/scalars.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import { ACTIONS } from '../../../kernel/rules/actions.ts';
import type { FeedKind, PreschoolStatus, TakeOver, TakeOverState } from '../model.ts';
import type { ToldChange } from '../service/feed.ts';
import { FeedKindEnum, PreschoolStatusEnum, TakeOverStateEnum } from './enums.ts';
import { TakeOverType } from './take-over-types.ts';

@Access(...ACTIONS.recordChanges)
@ObjectType('RecordChange', {
  simpleResolvers: true,
  ...d('学籍变更通知：至少一次，按 id 去重', 'A change of a record, told at least once: known by its id'),
})
export class RecordChangeType {
  @Field(() => ID, d('变更标识', 'Its opaque id; the same however often it is told'))
  id!: string;

  @Field(
    () => Int,
    d('本分区内的序号，从 1 连续', 'Its place in this part of the stream, from 1 without a gap'),
  )
  seq!: number;

  @Field(() => String, d('游标：处理完后由此继续', 'Go on after this once it has been dealt with'))
  cursor!: string;

  @Field(() => ID, d('学籍内部标识', 'The record, by its opaque id'))
  recordId!: string;

  @Field(() => Int, d('该学籍或接续的版本，大者为新', 'Of two changes of one thing, the higher is the newer'))
  version!: number;

  @Field(() => [FeedKindEnum], d('种类', 'What happened'))
  kinds!: readonly FeedKind[];

  @Field(() => DateTime, d('发生时间', 'When it happened'))
  at!: Date;

  @Field(() => LocalDate, d('生效日期', 'Since which day it holds'))
  effectiveOn!: string;

  @Field(() => PreschoolStatusEnum, { nullable: true, ...d('此后状态', 'The state of the record after it') })
  status!: PreschoolStatus | null;

  @Field(() => TakeOverStateEnum, {
    nullable: true,
    ...d('接续状态，接续变化时', 'Where the take-over stood after it, where one changed'),
  })
  takeOverState!: TakeOverState | null;

  @Field(() => Boolean, d('是否墓碑：此前所知不再有效', 'A tombstone: what was known of it no longer holds'))
  tombstone!: boolean;

  @Field(() => TakeOverType, {
    nullable: true,
    ...d('该学籍的接续，如今情形', 'The take-over of the record as it is now, where it is yours to see'),
  })
  takeOver!: TakeOver | null;
}

@Access(...ACTIONS.recordChanges)
@ObjectType('RecordChangePage', { simpleResolvers: true, ...d('一页变更', 'A page of changes') })
export class RecordChangePage {
  @Field(() => [RecordChangeType], d('变更，依序', 'The changes, in order'))
  changes!: RecordChangeType[];

  @Field(() => String, {
    nullable: true,
    ...d('下一次由此继续', 'Go on after this; null where nothing has come yet'),
  })
  endCursor!: string | null;

  @Field(() => Boolean, d('是否还有', 'Whether more are there already'))
  hasMore!: boolean;
}

@Access(...ACTIONS.recordChanges)
@ObjectType('FeedConsumer', { simpleResolvers: true, ...d('订阅进度', 'How far a consumer has come') })
export class FeedConsumerType {
  @Field(() => String, d('账号', 'Its account'))
  account!: string;

  @Field(() => Int, d('分区', 'The part it reads'))
  partition!: number;

  @Field(() => Int, d('已处理到的序号', 'The place up to which it has dealt with everything'))
  seq!: number;

  @Field(() => Int, d('最新序号', 'The place of the newest change'))
  head!: number;

  @Field(() => Int, d('落后条数', 'How many it is behind'))
  lag!: number;

  @Field(() => LocalDate, d('最近读取日期', 'The day it last read'))
  seenOn!: string;
}

@Directive('@inaccessible')
@InputType('RecordChangeInput', d('一项变更（子图间）', 'A change, for neighbours'))
export class RecordChangeInput implements ToldChange {
  @Field(() => ID, d('变更标识', 'Its id'))
  id!: string;

  @Field(() => ID, d('学籍', 'The record'))
  recordId!: string;

  @Field(() => Int, d('历史中的先后', 'Its place in the history of the record'))
  seq!: number;

  @Field(() => String, d('发生时间', 'When it happened'))
  at!: string;

  @Field(() => String, d('内容（JSON）', 'What happened, as JSON'))
  facts!: string;
}

@Directive('@inaccessible')
@InputType('ApplyRecordChangesInput', d('学籍变更（子图间）', 'Changes of records, for neighbours'))
export class ApplyRecordChangesInput {
  @Field(() => String, d('本次投递的标识', 'The key of this delivery; it may be repeated under any'))
  idempotencyKey!: string;

  @Field(() => [RecordChangeInput], d('至多 200 项', 'At most 200'))
  changes!: RecordChangeInput[];
}

@Access('SERVICE')
@Directive('@inaccessible')
@ObjectType('ApplyRecordChangesPayload', {
  simpleResolvers: true,
  ...d('接收结果（子图间）', 'What was taken in, for neighbours'),
})
export class ApplyRecordChangesPayload {
  @Sized(200)
  @Field(() => [ID], d('已收下的变更', 'The changes that are taken'))
  applied!: readonly string[];

  @Field(() => [UserErrorType], d('拒绝理由', 'Why not'))
  userErrors!: readonly UserErrorType[];
}
