import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, Resolver, Root } from 'type-graphql';
import { Access, Act, CLERKS } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import type { Application, CancellationReason } from '../model.ts';
import type { Seen } from '../rules/as-of.ts';
import type { NamedRecord, NewCancellation } from '../service/request-cancellation.ts';
import type { NewReinstatement } from '../service/request-reinstatement.ts';
import type { Context } from './context.ts';
import { CancellationReasonEnum } from './enums.ts';
import { EvidenceInput } from './evidence.ts';
import { actPayload, showOne } from './payloads.ts';
import { ApplicationType, RecordType } from './types.ts';

const key = d('幂等键：重试时不变', 'The idempotency key: the same for every retry');
const input = d('输入', 'The input');

@InputType(
  'RecordNamedInput',
  d(
    '指明一份学籍：本辖区的用标识，其他的用学籍号加出生日期',
    'Names a record: one of the own area by its id, any by its number and birth date',
  ),
)
export class RecordNamedInput implements NamedRecord {
  @Field(() => ID, { nullable: true, ...d('学籍', 'The record') })
  recordId?: string | null;

  @Field(() => String, { nullable: true, ...d('学籍号', 'A number it has or had') })
  number?: string | null;

  @Field(() => String, { nullable: true, ...d('出生日期 YYYY-MM-DD', 'The birth date, YYYY-MM-DD') })
  bornOn?: string | null;
}

@InputType('RequestCancellationInput', d('申请注销', 'Asking for a record to be cancelled'))
export class RequestCancellationInput implements NewCancellation {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => ID, d('学籍', 'The record'))
  recordId!: string;

  @Field(() => CancellationReasonEnum, d('注销原因', 'Why'))
  reason!: CancellationReason;

  @Field(
    () => String,
    d('注销日期 YYYY-MM-DD：自该日起不在园', 'The first day the record no longer holds, YYYY-MM-DD'),
  )
  on!: string;

  @Field(
    () => [EvidenceInput],
    d('佐证，须含死亡证明或重复学籍佐证', 'Evidence, a death certificate or proof of the duplicate among it'),
  )
  evidence!: EvidenceInput[];

  @Field(() => RecordNamedInput, {
    nullable: true,
    ...d('证实重复时保留的学籍', 'The record that goes on, of a proven duplicate'),
  })
  duplicateOf?: RecordNamedInput | null;
}

@InputType('RequestReinstatementInput', d('申请恢复', 'Asking for a record to be reinstated'))
export class RequestReinstatementInput implements NewReinstatement {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => ID, d('学籍', 'The record'))
  recordId!: string;

  @Field(() => String, d('理由，至多 200 字', 'Why, at most 200 characters'))
  reason!: string;

  @Field(() => [EvidenceInput], d('佐证，可为空', 'Evidence, if there is any'))
  evidence!: EvidenceInput[];
}

const RequestCancellationPayload = actPayload('RequestCancellation');
const RequestReinstatementPayload = actPayload('RequestReinstatement');

@Resolver()
export class CancellationMutations {
  @Act('requestCancellation')
  @Mutation(() => RequestCancellationPayload, {
    nullable: true,
    ...d(
      '申请注销；学籍号保留，永不重发',
      'Ask for a cancellation; the number is kept and never issued again',
    ),
  })
  async requestCancellation(
    @Arg('input', () => RequestCancellationInput, input)
    { idempotencyKey, ...item }: RequestCancellationInput,
    @Ctx() context: Context,
  ) {
    return showOne(context, await context.records.requestCancellation(context.viewer, idempotencyKey, item));
  }

  @Act('requestReinstatement')
  @Mutation(() => RequestReinstatementPayload, {
    nullable: true,
    ...d('申请恢复误结束的学籍', 'Ask for a record to be again what it was before it ended by mistake'),
  })
  async requestReinstatement(
    @Arg('input', () => RequestReinstatementInput, input)
    { idempotencyKey, ...item }: RequestReinstatementInput,
    @Ctx() context: Context,
  ) {
    return showOne(context, await context.records.requestReinstatement(context.viewer, idempotencyKey, item));
  }
}

@Resolver(() => ApplicationType)
export class EndedFields {
  @FieldResolver(() => CancellationReasonEnum, {
    nullable: true,
    ...d('注销原因', 'Why the record shall be cancelled, if that is asked for'),
  })
  cancellationReason(@Root() { details }: Application): CancellationReason | null {
    return details?.cancellation?.reason ?? null;
  }
}

@Resolver(() => RecordType)
export class RecordMerged {
  @Access(...CLERKS)
  @FieldResolver(() => RecordType, {
    nullable: true,
    ...d(
      '重复学籍注销后保留的学籍，在本辖区的可见',
      'The record that goes on in the place of this duplicate, where it is in the own area',
    ),
  })
  mergedInto(@Root() record: Seen, @Ctx() { loaders }: Context) {
    const id = 'mergedInto' in record ? record.mergedInto : null;
    return id === null ? null : loaders.record.load(id);
  }
}
