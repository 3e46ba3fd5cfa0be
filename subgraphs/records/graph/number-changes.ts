import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import { Access, Act, CLERKS } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import type { IssuedNumber, NumberEndReason } from '../model.ts';
import { dayOf, numbersOn, type Seen } from '../rules/as-of.ts';
import { LOOKS } from '../rules/showing.ts';
import type { NumberConversion } from '../service/convert-number.ts';
import type { NewNumberDeletion } from '../service/request-number-deletion.ts';
import type { Context } from './context.ts';
import { NumberEndReasonEnum } from './enums.ts';
import { EvidenceInput } from './evidence.ts';
import { actPayload, showOne } from './payloads.ts';
import { RecordType } from './types.ts';

const key = d('幂等键：重试时不变', 'The idempotency key: the same for every retry');
const record = d('学籍', 'The record');
const input = d('输入', 'The input');

@InputType('ConvertNumberInput', d('学籍号转换', 'Making a number formal'))
export class ConvertNumberInput implements NumberConversion {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => ID, record)
  recordId!: string;
}

@InputType('RequestNumberDeletionInput', d('申请删除 G 号', 'Asking for a G number to be deleted'))
export class RequestNumberDeletionInput implements NewNumberDeletion {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => ID, record)
  recordId!: string;

  @Field(() => String, d('理由，至多 200 字', 'Why, at most 200 characters'))
  reason!: string;

  @Field(() => [EvidenceInput], d('佐证，至少一份', 'Evidence, at least one paper'))
  evidence!: EvidenceInput[];
}

@Access(...CLERKS)
@ObjectType('RecordNumber', {
  simpleResolvers: true,
  ...d('编发过的一个学籍号', 'A number the record has, or had; each leads to the record for ever'),
})
export class RecordNumberType implements Omit<IssuedNumber, 'digest' | 'claim' | 'recordId' | 'number'> {
  @Field(() => Int, d('序号，从 1 起，最大者为现号', 'From 1; the highest is the current one'))
  seq!: number;

  @Field(() => LocalDate, d('编发日期', 'When it was issued'))
  issuedOn!: string;

  @Field(() => LocalDate, { nullable: true, ...d('停用日期，现号为空', 'When another took its place') })
  endedOn!: string | null;

  @Field(() => NumberEndReasonEnum, { nullable: true, ...d('停用原因', 'Why another took its place') })
  endReason!: NumberEndReason | null;
}

@Resolver(() => RecordType)
export class RecordNumbers {
  @Access(...CLERKS)
  @Sized(3)
  @FieldResolver(
    () => [RecordNumberType],
    d('编发过的全部学籍号', 'Every number it has had, the current one last'),
  )
  async numbers(@Root() record: Seen, @Ctx() { loaders }: Context): Promise<NumberOfChild[]> {
    const chain = numbersOn(await loaders.numbersOf.load(record.id), dayOf(record));
    return chain.map((one) => ({ ...one, childId: record.childId }));
  }
}

interface NumberOfChild extends Omit<IssuedNumber, 'digest' | 'recordId'> {
  readonly childId: string;
}

@Resolver(() => RecordNumberType)
export class RecordNumberFields {
  @FieldResolver(
    () => String,
    d('学籍号，脱敏；说明用途后可见', 'The number; masked until a purpose is stated'),
  )
  number(@Root() { childId, number }: NumberOfChild, @Ctx() { personal }: Context) {
    return personal.show(childId, 'RECORD_NUMBER', number, LOOKS.RECORD_NUMBER);
  }
}

const ConvertNumberPayload = actPayload('ConvertNumber');
const RequestNumberDeletionPayload = actPayload('RequestNumberDeletion');

@Resolver()
export class NumberMutations {
  @Act('convertNumber')
  @Mutation(() => ConvertNumberPayload, {
    nullable: true,
    ...d(
      '临时号转为正式号：身份证件已核实的转 G 号，无身份证号且查重通过的转 J 号',
      'Make a number formal: G where the resident ID is proven, J where there is none and the duplicate check is clean',
    ),
  })
  async convertNumber(
    @Arg('input', () => ConvertNumberInput, input) { idempotencyKey, ...item }: ConvertNumberInput,
    @Ctx() context: Context,
  ) {
    return showOne(context, await context.records.convertNumber(context.viewer, idempotencyKey, item));
  }

  @Act('requestNumberDeletion')
  @Mutation(() => RequestNumberDeletionPayload, {
    nullable: true,
    ...d('省级申请删除 G 号，由教育部决定', 'Ask for a G number to be deleted; the ministry decides'),
  })
  async requestNumberDeletion(
    @Arg('input', () => RequestNumberDeletionInput, input)
    { idempotencyKey, ...item }: RequestNumberDeletionInput,
    @Ctx() context: Context,
  ) {
    return showOne(
      context,
      await context.records.requestNumberDeletion(context.viewer, idempotencyKey, item),
    );
  }
}
