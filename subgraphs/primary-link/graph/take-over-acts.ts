import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Act } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import type { ClientOperation } from '../model.ts';
import type { TakeOverAct } from '../rules/take-over.ts';
import type { ActOnTakeOver } from '../service/act.ts';
import type { Context } from './context.ts';
import { payloads, shownMany, shownOne } from './take-over-payloads.ts';

const key = d('幂等键：重试时不变', 'The idempotency key: the same for every retry');
const input = d('输入', 'The input');

/** What every act on a take-over takes, alone and in a list. */
@InputType('TakeOverItem', d('一项接续', 'One take-over'))
class TakeOverItemInput implements ActOnTakeOver {
  @Field(() => ID, d('接续', 'The take-over'))
  takeOverId!: string;
}

@InputType('AcknowledgementItem', d('一项确认', 'One acknowledgement'))
class AcknowledgementItemInput extends TakeOverItemInput {
  @Field(() => LocalDate, {
    nullable: true,
    ...d('入学日期，空为今天', 'The first day in primary school; today where left out'),
  })
  admittedOn?: string | null;
}

@InputType('EndItem', d('一项终止', 'One take-over to be ended'))
class EndItemInput extends TakeOverItemInput {
  @Field(() => String, { nullable: true, ...d('说明，至多 200 字', 'Why, at most 200 characters') })
  reason?: string | null;
}

interface ActNamed {
  readonly action: TakeOverAct;
  readonly zh: string;
  readonly en: string;
}

const COUNTED_AS = {
  acceptTakeOver: 'ACCEPT',
  acknowledgeTakeOver: 'ACKNOWLEDGE',
  cancelTakeOver: 'CANCEL',
  releaseTakeOver: 'RELEASE',
} as const satisfies Readonly<Record<TakeOverAct, ClientOperation>>;

/** An act on one take-over, and on a list of them: `acceptTakeOver`, `acceptTakeOvers`. */
function actResolver({ action, zh, en }: ActNamed, Item: new () => TakeOverItemInput) {
  const name = `${action[0]!.toUpperCase()}${action.slice(1)}`;
  const [One, Many] = payloads(name);

  @InputType(`${name}Input`, d(zh, en))
  class OneInput extends Item {
    @Field(() => String, key)
    idempotencyKey!: string;
  }

  @InputType(`${name}sInput`, d(`${zh}（批量）`, `${en}, many of them`))
  class ManyInput {
    @Field(() => String, key)
    idempotencyKey!: string;

    @Field(() => [Item], d('至多 500 项', 'At most 500'))
    items!: TakeOverItemInput[];
  }

  @Resolver()
  class Acts {
    @Act(action)
    @Mutation(() => One, { name: action, nullable: true, ...d(zh, en) })
    async one(
      @Arg('input', () => OneInput, input) { idempotencyKey, ...item }: OneInput,
      @Ctx() context: Context,
    ) {
      const { primaryLink, viewer } = context;
      await primaryLink.uses.noteCall(context, COUNTED_AS[action], 1);
      return shownOne(context, await primaryLink.actOnTakeOvers(viewer, action, idempotencyKey, [item]));
    }

    @Act(action)
    @Mutation(() => Many, {
      name: `${action}s`,
      nullable: true,
      ...d(`${zh}，逐项办理`, `${en}, each on its own`),
    })
    async many(
      @Arg('input', () => ManyInput, input) { idempotencyKey, items }: ManyInput,
      @Ctx() context: Context,
    ) {
      const { primaryLink, viewer } = context;
      await primaryLink.uses.noteCall(context, COUNTED_AS[action], items.length);
      return shownMany(context, await primaryLink.actOnTakeOvers(viewer, action, idempotencyKey, items));
    }
  }
  return Acts;
}

export const AcceptTakeOver = actResolver(
  { action: 'acceptTakeOver', zh: '接收', en: 'Accept a record that is offered' },
  TakeOverItemInput,
);
export const AcknowledgeTakeOver = actResolver(
  {
    action: 'acknowledgeTakeOver',
    zh: '确认接续，学籍锁定为已升学',
    en: 'Acknowledge a take-over; the record is PROMOTED',
  },
  AcknowledgementItemInput,
);
export const CancelTakeOver = actResolver(
  { action: 'cancelTakeOver', zh: '撤销接续', en: 'Cancel a take-over, within its days' },
  EndItemInput,
);
export const ReleaseTakeOver = actResolver(
  { action: 'releaseTakeOver', zh: '退回学籍，须说明理由', en: 'Give a record back, and say why' },
  EndItemInput,
);
