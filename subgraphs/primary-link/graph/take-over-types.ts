import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { Access, CLERKS } from '../../../kernel/graph/access.ts';
import { connectionOf } from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { demandPurpose } from '../../../kernel/graph/purpose.ts';
import { DateTime, LocalDate } from '../../../kernel/graph/scalars.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import type { Archive, Receipt, TakeOver } from '../model.ts';
import { archiveOf } from '../rules/archive.ts';
import { TakeOverArchiveType } from './archive-type.ts';
import type { Context } from './context.ts';
import { TakeOverEndEnum, TakeOverOriginEnum, TakeOverStateEnum } from './enums.ts';
import { InstitutionStub, RecordStub } from './neighbours.ts';
import { PrimarySchoolType } from './school-types.ts';

export const SEEN_BY = [...CLERKS, 'PRIMARY_SCHOOL', 'SERVICE'] as const;

@Access(...SEEN_BY)
@ObjectType('TakeOverReceipt', {
  simpleResolvers: true,
  ...d('接续凭证：可离线验证', 'What proves a take-over to both sides, without asking anybody'),
})
class TakeOverReceiptType implements Receipt {
  @Field(() => String, d('签名原文（JSON）', 'The very text that was signed, JSON'))
  text!: string;

  @Field(
    () => String,
    d('分离式 JWS；公钥见 receiptKeys', 'A detached JWS over the text; the keys are in receiptKeys'),
  )
  jws!: string;
}

@Access(...SEEN_BY)
@Directive('@key(fields: "id")')
@ObjectType('TakeOver', {
  simpleResolvers: true,
  ...d('升学接续', 'The hand-over of a record to a primary school'),
})
export class TakeOverType implements Pick<
  TakeOver,
  'id' | 'state' | 'origin' | 'admittedOn' | 'offeredAt' | 'acceptedAt' | 'acknowledgedAt' | 'cancelUntil'
> {
  @Field(() => ID, d('内部标识', 'Its opaque id'))
  id!: string;

  @Field(() => TakeOverStateEnum, d('状态', 'Where it stands'))
  state!: TakeOver['state'];

  @Field(() => TakeOverOriginEnum, d('由谁发起', 'From which side it began'))
  origin!: TakeOver['origin'];

  @Field(() => LocalDate, {
    nullable: true,
    ...d('入学日期，确认前为空', 'The first day in primary school; null until acknowledged'),
  })
  admittedOn!: string | null;

  @Field(() => DateTime, d('发起时间', 'When it began'))
  offeredAt!: Date;

  @Field(() => DateTime, { nullable: true, ...d('接收时间', 'When the school accepted') })
  acceptedAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    ...d('确认时间；学籍自此锁定', 'When it was acknowledged and the record locked'),
  })
  acknowledgedAt!: Date | null;

  @Field(() => LocalDate, {
    nullable: true,
    ...d('确认后可撤销的最后一天', 'The last day on which the school may simply cancel it'),
  })
  cancelUntil!: string | null;

  @Field(() => DateTime, { nullable: true, ...d('终止时间', 'When it ended') })
  endedAt!: Date | null;

  @Field(() => TakeOverEndEnum, { nullable: true, ...d('终止方式', 'Whose end it was') })
  endReason!: TakeOver['endReason'];

  @Field(
    () => [UserErrorType],
    d('上次确认未成的原因', 'Why it could not be acknowledged when that was last tried'),
  )
  refusal!: readonly UserErrorType[];
}

export const TakeOverConnection = connectionOf(TakeOverType, 'TakeOver', SEEN_BY);

@Resolver(() => TakeOverType)
export class TakeOverFields {
  @FieldResolver(() => PrimarySchoolType, {
    nullable: true,
    ...d('小学', 'The school it goes to'),
  })
  school(@Root() { schoolCode }: TakeOver, @Ctx() { loaders }: Context) {
    return loaders.school.load(schoolCode);
  }

  @FieldResolver(() => InstitutionStub, {
    nullable: true,
    ...d('发起时所在幼儿园', 'The kindergarten it was at when this began'),
  })
  institution(@Root() { institutionCode: code }: TakeOver): InstitutionStub {
    return { code };
  }

  @Access(...CLERKS, 'SERVICE')
  @FieldResolver(() => RecordStub, {
    nullable: true,
    ...d('学籍，本辖区的可见', 'The record, where it is in the own area'),
  })
  record(@Root() { recordId: id }: TakeOver): RecordStub {
    return { id };
  }

  @FieldResolver(() => Boolean, {
    ...d('正在与学籍系统同步', 'Whether a step of it is still being carried out'),
  })
  underWay(@Root() { pending }: TakeOver): boolean {
    return pending !== null;
  }

  @Access('PRIMARY_SCHOOL')
  @FieldResolver(() => TakeOverArchiveType, {
    nullable: true,
    ...d('档案摘要；接收后本校可见', 'The archive; for the school, once it has accepted'),
  })
  async archive(@Root() takeOver: TakeOver, @Ctx() context: Context): Promise<Archive | null> {
    demandPurpose(context, 'RECORD_NUMBER');
    if (takeOver.state !== 'ACCEPTED' && takeOver.state !== 'ACKNOWLEDGED') return null;
    await context.showing.pay(takeOver);
    return archiveOf(await context.loaders.subject.load(takeOver.recordId));
  }

  @Access('PRIMARY_SCHOOL')
  @FieldResolver(() => String, {
    nullable: true,
    ...d(
      '小学曾另编的学籍号，补接时填报',
      'The number the school had given before, where the record was linked late',
    ),
  })
  async schoolNumber(@Root() takeOver: TakeOver, @Ctx() context: Context): Promise<string | null> {
    demandPurpose(context, 'RECORD_NUMBER');
    if (takeOver.schoolNumber === null) return null;
    await context.showing.pay(takeOver);
    return context.showing.number(takeOver, takeOver.schoolNumber);
  }

  @FieldResolver(() => TakeOverReceiptType, {
    nullable: true,
    ...d('凭证，确认后双方可取', 'The receipt, for both sides once it is acknowledged'),
  })
  receipt(@Root() { receipt }: TakeOver): Receipt | null {
    return receipt;
  }
}

@Resolver(() => RecordStub)
export class RecordLent {
  @FieldResolver(() => TakeOverType, {
    nullable: true,
    ...d('升学接续：有效的一项，或最近一项', 'Its take-over: the one that stands, or else the last'),
  })
  takeOver(@Root() { id }: RecordStub, @Ctx() { loaders }: Context) {
    return loaders.takeOverOfRecord.load(id);
  }
}
