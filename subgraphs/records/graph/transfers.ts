import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Act } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import type { ObjectionGround } from '../model.ts';
import type { ApplicationAct } from '../service/act-on-applications.ts';
import type { Objection } from '../service/answer-transfer.ts';
import type { NewTransfer } from '../service/request-transfer.ts';
import type { Context } from './context.ts';
import { ObjectionGroundEnum } from './enums.ts';
import { EvidenceInput } from './evidence.ts';
import { actPayload, showOne } from './payloads.ts';

const key = d('幂等键：重试时不变', 'The idempotency key: the same for every retry');
const application = d('转园业务', 'The transfer, by its application');
const input = d('输入', 'The input');

@InputType('RequestTransferInput', d('申请转入本园', 'Asking for a child to be transferred here'))
export class RequestTransferInput implements NewTransfer {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(
    () => ID,
    d(
      '儿童：转入园先按证件登记',
      'The child, which the receiving kindergarten has registered by its document',
    ),
  )
  childId!: string;

  @Field(() => String, d('转入机构标识码', 'The receiving institution, by its code'))
  institutionCode!: string;

  @Field(() => ID, d('转入班级', 'Its class'))
  classId!: string;

  @Field(() => String, d('转入首日 YYYY-MM-DD', 'The first day at the new kindergarten, YYYY-MM-DD'))
  enteredOn!: string;

  @Field(() => [EvidenceInput], d('佐证，须含监护人申请', "Evidence, the guardians' application among it"))
  evidence!: EvidenceInput[];
}

@InputType('AgreeToTransferInput', d('同意转出', 'The sending kindergarten agrees'))
export class AgreeToTransferInput implements ApplicationAct {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => ID, application)
  applicationId!: string;
}

@InputType('ObjectToTransferInput', d('对转园提出异议', 'The sending kindergarten objects'))
export class ObjectToTransferInput implements Objection {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => ID, application)
  applicationId!: string;

  @Field(() => ObjectionGroundEnum, d('异议理由', 'The ground; there are no others'))
  ground!: ObjectionGround;

  @Field(() => String, { nullable: true, ...d('说明，至多 200 字', 'A remark of at most 200 characters') })
  remark?: string | null;
}

const RequestTransferPayload = actPayload('RequestTransfer');
const AgreeToTransferPayload = actPayload('AgreeToTransfer');
const ObjectToTransferPayload = actPayload('ObjectToTransfer');

@Resolver()
export class TransferMutations {
  @Act('requestTransfer')
  @Mutation(() => RequestTransferPayload, {
    nullable: true,
    ...d(
      '转入园按监护人申请发起转园',
      "Begin a transfer, as the receiving kindergarten, on the guardians' application",
    ),
  })
  async requestTransfer(
    @Arg('input', () => RequestTransferInput, input) { idempotencyKey, ...item }: RequestTransferInput,
    @Ctx() context: Context,
  ) {
    return showOne(context, await context.records.requestTransfer(context.viewer, idempotencyKey, item));
  }

  @Act('agreeToTransfer')
  @Mutation(() => AgreeToTransferPayload, {
    nullable: true,
    ...d('转出园同意转园', 'Agree to a transfer, as the sending kindergarten'),
  })
  async agreeToTransfer(
    @Arg('input', () => AgreeToTransferInput, input) { idempotencyKey, ...act }: AgreeToTransferInput,
    @Ctx() context: Context,
  ) {
    return showOne(context, await context.records.agreeToTransfer(context.viewer, idempotencyKey, act));
  }

  @Act('objectToTransfer')
  @Mutation(() => ObjectToTransferPayload, {
    nullable: true,
    ...d(
      '转出园提出异议，由教育行政部门裁决',
      'Object to a transfer on a listed ground; the authority decides',
    ),
  })
  async objectToTransfer(
    @Arg('input', () => ObjectToTransferInput, input) { idempotencyKey, ...act }: ObjectToTransferInput,
    @Ctx() context: Context,
  ) {
    return showOne(context, await context.records.objectToTransfer(context.viewer, idempotencyKey, act));
  }
}
