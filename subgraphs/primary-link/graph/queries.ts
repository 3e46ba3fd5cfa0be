import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { Act } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { fault } from '../../../kernel/graph/faults.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import { Sized, SizedBy } from '../../../kernel/graph/sizes.ts';
import type { NumberQuery, NumberResolution } from '../model.ts';
import { DAILY_QUOTA, ITEMS_MAX } from '../rules/quota.ts';
import { MESSAGE } from '../rules/resolution.ts';
import type { Context } from './context.ts';
import { NumberQueryInput } from './inputs.ts';
import { NumberResolutionType } from './types.ts';

@Resolver()
export class ResolutionQueries {
  @Act('resolveNumber')
  @Query(() => NumberResolutionType, {
    nullable: true,
    ...d('按学籍号和出生日期精确查询学前学籍', 'The preschool record behind a number and a birth date'),
  })
  async resolveNumber(
    @Arg('number', () => String, d('学籍号（19 位）', 'The record number, 19 characters')) number: string,
    @Arg('bornOn', () => LocalDate, d('出生日期', 'The date of birth')) bornOn: string,
    @Ctx() context: Context,
  ): Promise<NumberResolutionType> {
    const [one] = await resolved(context, [{ number, bornOn }]);
    return one!;
  }

  @Act('resolveNumber')
  @Sized(500)
  @SizedBy({ argument: 'items' })
  @Query(() => [NumberResolutionType], {
    nullable: true,
    ...d('批量查询，至多 500 项，与输入同序', 'The same for at most 500 numbers, in order'),
  })
  resolveNumbers(
    @Arg('items', () => [NumberQueryInput], d('至多 500 项', 'At most 500 items')) items: NumberQueryInput[],
    @Ctx() context: Context,
  ): Promise<NumberResolutionType[]> {
    return resolved(context, items);
  }
}

async function resolved(
  { primaryLink, viewer }: Context,
  items: readonly NumberQuery[],
): Promise<NumberResolutionType[]> {
  if (items.length > ITEMS_MAX) throw tooMany(items.length);
  return ((await primaryLink.resolve(viewer, items)) ?? overQuota()).map(shown);
}

function shown({ institutionCode: code, ...resolution }: NumberResolution): NumberResolutionType {
  const { zh: message, en: messageEn } = MESSAGE[resolution.outcome];
  return { ...resolution, institution: code === null ? null : { code }, message, messageEn };
}

function tooMany(got: number) {
  const [zh, en] = [`至多 ${ITEMS_MAX} 项，实际 ${got} 项。`, `At most ${ITEMS_MAX} items, ${got} came.`];
  return fault('BAD_USER_INPUT', zh, en);
}

export function overQuota(): never {
  throw fault(
    'RATE_LIMITED',
    `每个账号每日至多查询 ${DAILY_QUOTA} 项，余额不足，请明日再查。`,
    `An account may ask ${DAILY_QUOTA} items a day; fewer than these are left. Ask again tomorrow.`,
  );
}
