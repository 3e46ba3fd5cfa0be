import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Access, Act, CLERKS } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import { under } from '../../../kernel/rules/user-errors.ts';
import type { TransferOffer } from '../model.ts';
import type { NewOffer } from '../rules/offering.ts';
import type { BatchAnswer } from '../service/deps.ts';
import type { Offered } from '../service/offer-transfers.ts';
import type { Context } from './context.ts';
import { TransferOfferType } from './offers.ts';

const key = d('幂等键：重试时不变', 'The idempotency key: the same for every retry');
const input = d('输入', 'The input');

@InputType('TransferOfferInput', d('一个去处', 'A place for a child'))
class TransferOfferInput implements NewOffer {
  @Field(() => ID, d('学籍', 'The record of the child'))
  recordId!: string;

  @Field(() => String, d('可转入机构的标识码', 'The institution that has the place, by its code'))
  institutionCode!: string;

  @Field(() => ID, d('可转入的班级', 'The class it is in'))
  classId!: string;
}

@InputType('OfferTransfersInput', d('提供转园去处', 'Offering places'))
class OfferTransfersInput {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => [TransferOfferInput], d('至多 200 项', 'At most 200'))
  items!: TransferOfferInput[];
}

@InputType('WithdrawTransferOffersInput', d('撤回转园去处', 'Taking offers back'))
class WithdrawTransferOffersInput {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => [ID], d('去处，至多 200 项', 'The offers, at most 200'))
  offerIds!: string[];
}

@Access(...CLERKS)
@ObjectType('TransferOfferPayload', { simpleResolvers: true, ...d('办理结果', 'What came of it') })
class TransferOfferPayload {
  @Field(() => TransferOfferType, { nullable: true, ...d('去处', 'The offer') })
  offer!: TransferOffer | null;

  @Field(() => [UserErrorType], d('拒绝理由，空为成功', 'Why not; empty when it was done'))
  userErrors!: readonly UserErrorType[];
}

function payload(name: string) {
  @Access(...CLERKS)
  @ObjectType(name, { simpleResolvers: true, ...d('批量办理结果', 'What came of each') })
  class Payload {
    @Field(() => [TransferOfferPayload], d('逐项结果，与输入同序', 'One result for each item, in order'))
    results!: TransferOfferPayload[];

    @Field(() => [UserErrorType], d('整个请求的拒绝理由', 'Why the request as a whole was refused'))
    userErrors!: readonly UserErrorType[];
  }
  return Payload;
}
const OfferTransfersPayload = payload('OfferTransfersPayload');
const WithdrawTransferOffersPayload = payload('WithdrawTransferOffersPayload');

async function shown({ records }: Context, { results, userErrors }: BatchAnswer<Offered>, list: string) {
  const ids = results.flatMap(({ id }) => id ?? []);
  const offers = new Map((await records.offersById(ids)).map((offer) => [offer.id, offer]));
  return {
    results: results.map(({ id, userErrors: errors }, i) => ({
      offer: id === null ? null : (offers.get(id) ?? null),
      userErrors: under([list, String(i)], errors),
    })),
    userErrors,
  };
}

@Resolver()
export class OfferMutations {
  @Act('offerTransfer')
  @Mutation(() => OfferTransfersPayload, {
    nullable: true,
    ...d('为撤销机构的儿童提供转园去处', 'Offer places to children of a closing institution'),
  })
  async offerTransfers(
    @Arg('input', () => OfferTransfersInput, input) { idempotencyKey, items }: OfferTransfersInput,
    @Ctx() context: Context,
  ) {
    const answer = await context.records.offerTransfers(context.viewer, idempotencyKey, items);
    return shown(context, answer, 'items');
  }

  @Act('offerTransfer')
  @Mutation(() => WithdrawTransferOffersPayload, {
    nullable: true,
    ...d('撤回转园去处', 'Take offers back'),
  })
  async withdrawTransferOffers(
    @Arg('input', () => WithdrawTransferOffersInput, input)
    { idempotencyKey, offerIds }: WithdrawTransferOffersInput,
    @Ctx() context: Context,
  ) {
    const answer = await context.records.withdrawTransferOffers(context.viewer, idempotencyKey, offerIds);
    return shown(context, answer, 'offerIds');
  }
}
