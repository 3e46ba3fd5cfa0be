import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { Access } from '../../../kernel/graph/access.ts';
import { After, First, connect, pageOf, pageRequest } from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { outsideArea } from '../../../kernel/graph/faults.ts';
import { demandPurpose } from '../../../kernel/graph/purpose.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import { ACTIONS } from '../../../kernel/rules/actions.ts';
import { isId } from '../../../kernel/rules/ids.ts';
import type { TakeOverState } from '../model.ts';
import type { NewTakeOver } from '../rules/offering.ts';
import type { ReceiptKey } from '../service/deps.ts';
import type { Context } from './context.ts';
import { TakeOverStateEnum } from './enums.ts';
import { spend } from './quota.ts';
import { payloads, shownMany, shownOne } from './take-over-payloads.ts';
import { SEEN_BY, TakeOverConnection, TakeOverType } from './take-over-types.ts';

const key = d('幂等键：重试时不变', 'The idempotency key: the same for every retry');
const input = d('输入', 'The input');

@InputType('TakeOverFilter', d('接续筛选', 'Which take-overs'))
class TakeOverFilterInput {
  @Field(() => TakeOverStateEnum, { nullable: true, ...d('状态', 'Only those that stand so') })
  state?: TakeOverState | null;

  @Field(() => String, { nullable: true, ...d('小学标识码', 'Only those to this school') })
  school?: string | null;

  @Field(() => String, { nullable: true, ...d('幼儿园标识码', 'Only those from this kindergarten') })
  institution?: string | null;
}

@InputType('TakeOverOffer', d('一项接续', 'One take-over to begin'))
class TakeOverOfferInput implements NewTakeOver {
  @Field(() => ID, {
    nullable: true,
    ...d('学籍；幼儿园或县级填', 'The record; for a kindergarten or county'),
  })
  recordId?: string | null;

  @Field(() => String, {
    nullable: true,
    ...d('小学标识码；幼儿园或县级填', 'The school, by its code; for a kindergarten or county'),
  })
  schoolCode?: string | null;

  @Field(() => String, {
    nullable: true,
    ...d('学籍号，现号或曾用号；小学填', 'A number the child has or had; for a school'),
  })
  number?: string | null;

  @Field(() => LocalDate, {
    nullable: true,
    ...d('出生日期；小学填', 'The birth date that must fit the number; for a school'),
  })
  bornOn?: string | null;
}

@InputType('OfferTakeOverInput', d('发起接续', 'Beginning a take-over'))
class OfferTakeOverInput extends TakeOverOfferInput {
  @Field(() => String, key)
  idempotencyKey!: string;
}

@InputType('OfferTakeOversInput', d('批量发起接续', 'Beginning take-overs'))
class OfferTakeOversInput {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => [TakeOverOfferInput], d('至多 500 项', 'At most 500'))
  items!: TakeOverOfferInput[];
}

@Access(...SEEN_BY)
@ObjectType('ReceiptKey', { simpleResolvers: true, ...d('验证凭证的公钥', 'A key that checks receipts') })
class ReceiptKeyType implements ReceiptKey {
  @Field(() => String, d('密钥标识', 'Its id, as in the receipt'))
  kid!: string;

  @Field(() => String, d('算法 EdDSA 或 SM2-SM3', 'EdDSA, or SM2-SM3'))
  alg!: string;

  @Field(() => String, d('公钥（SPKI PEM）', 'The public key, SPKI as PEM'))
  publicKey!: string;
}

const [OfferTakeOverPayload, OfferTakeOversPayload] = payloads('OfferTakeOver');

@Resolver()
export class TakeOverResolvers {
  @Access(...SEEN_BY)
  @Query(() => TakeOverType, { nullable: true, ...d('一项接续', 'One take-over you have to do with') })
  takeOver(@Arg('id', () => ID, d('内部标识', 'Its opaque id')) id: string, @Ctx() { loaders }: Context) {
    return isId(id) ? loaders.takeOver.load(id) : null;
  }

  @Access(...SEEN_BY)
  @Query(() => TakeOverConnection, {
    nullable: true,
    ...d('与本校、本园或本辖区有关的接续', 'Take-overs you have to do with, page by page'),
  })
  async takeOvers(
    @Arg('filter', () => TakeOverFilterInput, { nullable: true, ...d('筛选', 'Which ones') })
    filter: TakeOverFilterInput | null,
    @First() count: number,
    @After() cursor: string | null,
    @Ctx() { primaryLink, viewer }: Context,
  ) {
    const page = pageRequest(count, cursor);
    const { state = null, school = null, institution = null } = filter ?? {};
    // One's own side of it is one's own; the other side is whoever one has to do with.
    const own = { PRIMARY_SCHOOL: school, KINDERGARTEN: institution }[viewer.role as 'KINDERGARTEN'] ?? null;
    if (own !== null && own !== viewer.area.code) throw outsideArea(viewer.area);
    const rows = await primaryLink.takeOvers(
      { viewer, state, school, institution },
      page.first + 1,
      page.after,
    );
    return connect(pageOf(rows, page.first), () => Promise.resolve(null));
  }

  @Access(...SEEN_BY)
  @Sized(20)
  @Query(() => [ReceiptKeyType], {
    nullable: true,
    ...d('验证凭证的公钥，含已停用的', 'The keys that check receipts, former ones included'),
  })
  receiptKeys(@Ctx() { primaryLink }: Context): readonly ReceiptKey[] {
    return primaryLink.receiptKeys;
  }

  @Access(...ACTIONS.offerTakeOver)
  @Mutation(() => OfferTakeOverPayload, {
    nullable: true,
    ...d(
      '发起接续：幼儿园或县级提供给小学，或小学凭学籍号和出生日期申领',
      'Begin a take-over: offer a record to a school, or, as the school, claim one by number and birth date',
    ),
  })
  async offerTakeOver(
    @Arg('input', () => OfferTakeOverInput, input) { idempotencyKey, ...item }: OfferTakeOverInput,
    @Ctx() context: Context,
  ) {
    await counted(context, 1);
    const { primaryLink, viewer } = context;
    return shownOne(context, await primaryLink.offerTakeOvers(viewer, idempotencyKey, [item]));
  }

  @Access(...ACTIONS.offerTakeOver)
  @Mutation(() => OfferTakeOversPayload, {
    nullable: true,
    ...d('批量发起接续，逐项办理', 'Begin take-overs, each on its own'),
  })
  async offerTakeOvers(
    @Arg('input', () => OfferTakeOversInput, input) { idempotencyKey, items }: OfferTakeOversInput,
    @Ctx() context: Context,
  ) {
    await counted(context, items.length);
    const { primaryLink, viewer } = context;
    return shownMany(context, await primaryLink.offerTakeOvers(viewer, idempotencyKey, items));
  }
}

/** A school's claim is a guess like any other; who offers a record names one of its own. */
async function counted(context: Context, items: number): Promise<void> {
  if (context.viewer.role === 'PRIMARY_SCHOOL') {
    demandPurpose(context, 'RECORD_NUMBER');
    await spend(context, 'OFFER', 'NUMBERS', items);
  } else await context.primaryLink.uses.noteCall(context, 'OFFER', items);
}
