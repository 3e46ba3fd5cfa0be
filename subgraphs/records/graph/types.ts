import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Access, CLERKS } from '../../../kernel/graph/access.ts';
import { connectionOf } from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { DateTime, LocalDate } from '../../../kernel/graph/scalars.ts';
import type { Application, Placement, Record } from '../model.ts';
import type { SeenEvent } from '../service/events-for.ts';
import {
  ApplicationKindEnum,
  ApplicationStateEnum,
  ApplicationTaskEnum,
  LeaveReasonEnum,
  RecordStatusEnum,
} from './enums.ts';

const READERS = [...CLERKS, 'SERVICE'] as const;

@Access(...READERS)
@Directive('@key(fields: "id")')
@ObjectType('Record', { simpleResolvers: true, ...d('学籍：一人一籍', 'The one lifelong record of a child') })
export class RecordType implements Pick<Record, 'id' | 'status' | 'enteredOn' | 'deferredUntil'> {
  @Field(() => ID, d('内部标识', 'Its opaque id'))
  id!: string;

  @Field(() => RecordStatusEnum, d('学籍状态', 'Its status'))
  status!: Record['status'];

  @Field(() => LocalDate, d('入园日期', 'When the child entered'))
  enteredOn!: string;

  @Field(() => LocalDate, {
    nullable: true,
    ...d('缓学截止日期', 'The last day of a deferral, if there is one'),
  })
  deferredUntil!: string | null;
}

@Access(...READERS)
@ObjectType('Placement', {
  simpleResolvers: true,
  ...d('在园信息：一段在园', 'One stay in an institution and class'),
})
export class PlacementType implements Pick<Placement, 'id' | 'fromOn' | 'untilOn'> {
  @Field(() => ID, d('内部标识', 'Its opaque id'))
  id!: string;

  @Field(() => LocalDate, d('起始日期', 'Its first day'))
  fromOn!: string;

  @Field(() => LocalDate, {
    nullable: true,
    ...d('止日（不含），空为现在', 'The first day it no longer held; null while open'),
  })
  untilOn!: string | null;
}

@Access(...READERS)
@Directive('@key(fields: "id")')
@ObjectType('Application', {
  simpleResolvers: true,
  ...d('业务办理', 'A change that somebody else must decide'),
})
export class ApplicationType implements Pick<
  Application,
  'id' | 'kind' | 'state' | 'task' | 'enteredOn' | 'submittedAt' | 'dueOn' | 'dueProvisional' | 'decidedAt'
> {
  @Field(() => ID, d('内部标识', 'Its opaque id'))
  id!: string;

  @Field(() => ApplicationKindEnum, d('业务类型', 'What it asks for'))
  kind!: Application['kind'];

  @Field(() => ApplicationStateEnum, d('办理状态', 'Where it stands'))
  state!: Application['state'];

  @Field(() => ApplicationTaskEnum, {
    nullable: true,
    ...d('待办事项，办结后为空', 'What is to be done next; null once it is decided'),
  })
  task!: Application['task'];

  @Field(
    () => LocalDate,
    d(
      '生效日期：建籍为入园日期，转园为转入首日，缓学为起始日期',
      'The day it takes effect: of the entry, the first day at the new kindergarten, the first day of a deferral',
    ),
  )
  enteredOn!: string;

  @Field(() => DateTime, d('提交时间', 'When it was submitted'))
  submittedAt!: Date;

  @Field(() => LocalDate, d('当前环节的办理期限', 'The last day on which the present step is in time'))
  dueOn!: string;

  @Field(
    () => Boolean,
    d(
      '期限是否暂定：所及年份的放假安排尚未公布，公布后可能调整',
      'Whether that day may still move, because it reaches into a year whose working days are not announced yet',
    ),
  )
  dueProvisional!: boolean;

  @Field(() => DateTime, { nullable: true, ...d('办理时间', 'When it was decided') })
  decidedAt!: Date | null;
}

@Access(...READERS)
@ObjectType('RecordEvent', { simpleResolvers: true, ...d('学籍变动', 'One line of the append-only history') })
export class RecordEventType implements Pick<
  SeenEvent,
  'seq' | 'at' | 'account' | 'leaveReason' | 'effectiveOn'
> {
  @Field(() => Int, d('序号，从 1 起', 'Its number in the history, from 1'))
  seq!: number;

  @Field(() => DateTime, d('时间', 'When'))
  at!: Date;

  @Field(() => LocalDate, d('生效日期，可早于办理时间', 'Since when it holds; may be earlier than the act'))
  effectiveOn!: string;

  @Field(() => String, {
    nullable: true,
    ...d('账号；外园经办的为空', "By which account; null where another area's acted"),
  })
  account!: string | null;

  @Field(() => RecordStatusEnum, { nullable: true, ...d('原状态', 'The status before') })
  statusFrom!: string | null;

  @Field(() => RecordStatusEnum, d('新状态', 'The status after'))
  statusTo!: string;

  @Field(() => LeaveReasonEnum, { nullable: true, ...d('离园原因', 'Why the child left, if it did') })
  leaveReason!: SeenEvent['leaveReason'];
}

export const RecordConnection = connectionOf(RecordType, 'Record', READERS);
export const PlacementConnection = connectionOf(PlacementType, 'Placement', READERS);
export const ApplicationConnection = connectionOf(ApplicationType, 'Application', READERS);
