import { Ctx, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { Access } from '../../../../kernel/graph/access.ts';
import { connectionOf } from '../../../../kernel/graph/connection.ts';
import { d } from '../../../../kernel/graph/describe.ts';
import { enumOf } from '../../../../kernel/graph/enums.ts';
import { DateTime, LocalDate } from '../../../../kernel/graph/scalars.ts';
import {
  BREAK_GLASS_GROUND,
  BREAK_GLASS_VERDICT,
  type BreakGlass,
  type BreakGlassGround,
  type BreakGlassVerdict,
} from '../../model.ts';
import type { Context } from '../context.ts';
import { AccountRoleEnum } from '../accounts/enums.ts';

export const BREAK_GLASS_READERS = ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY', 'AUDITOR'] as const;

export const BreakGlassGroundEnum = enumOf(
  'BreakGlassGround',
  '破例查看事由',
  'Why somebody had to look beyond the area',
  BREAK_GLASS_GROUND,
);
export const BreakGlassVerdictEnum = enumOf(
  'BreakGlassVerdict',
  '破例查看复核结论',
  'What the level above thinks of a break-glass',
  BREAK_GLASS_VERDICT,
);

@Access(...BREAK_GLASS_READERS)
@ObjectType('BreakGlass', {
  simpleResolvers: true,
  ...d(
    '破例查看：紧急时查看辖区外一名儿童，限时，事后由上级复核',
    'Break-glass: one account looks at one child beyond its area in an emergency, for a while, and is judged by the level above',
  ),
})
export class BreakGlassType implements Omit<
  BreakGlass,
  'holder' | 'provinceCode' | 'cityCode' | 'countyCode' | 'version'
> {
  @Field(() => ID, d('标识；每次明文查看记于其下', 'Its id; every unmasked look is logged under it'))
  id!: string;

  @Field(() => String, d('破例账号', 'The account that looks'))
  account!: string;

  @Field(() => AccountRoleEnum, d('角色', 'Its role'))
  role!: BreakGlass['role'];

  @Field(() => String, d('管辖层级', 'The level of its area'))
  areaLevel!: BreakGlass['areaLevel'];

  @Field(() => String, d('管辖代码', 'The code of its area'))
  areaCode!: string;

  @Field(() => ID, d('所看儿童', 'The child, by its opaque id'))
  childId!: string;

  @Field(() => BreakGlassGroundEnum, d('事由', 'On what ground'))
  ground!: BreakGlassGround;

  @Field(() => String, d('说明', 'Why, in words'))
  reason!: string;

  @Field(() => DateTime, d('开始时间', 'From when'))
  openedAt!: Date;

  @Field(() => DateTime, d('终止时间，到时自动终止', 'Until when; it ends by itself'))
  until!: Date;

  @Field(() => LocalDate, d('复核期限', 'By which day the level above is to have judged it'))
  reviewDueOn!: string;

  @Field(() => BreakGlassVerdictEnum, { nullable: true, ...d('复核结论', 'What came of the review') })
  verdict!: BreakGlassVerdict | null;

  @Field(() => String, { nullable: true, ...d('复核账号', 'Who judged it') })
  reviewedBy!: string | null;

  @Field(() => DateTime, { nullable: true, ...d('复核时间', 'When') })
  reviewedAt!: Date | null;

  @Field(() => String, { nullable: true, ...d('复核意见', 'What was said') })
  remark!: string | null;
}

@Resolver(() => BreakGlassType)
export class BreakGlassFields {
  @FieldResolver(() => Boolean, d('是否仍可查看', 'Whether it is open now'))
  open(@Root() one: BreakGlass, @Ctx() { institutions }: Context): boolean {
    return institutions.isOpen(one);
  }

  @FieldResolver(() => Boolean, d('复核是否逾期', 'Whether the review is overdue'))
  overdue(@Root() one: BreakGlass, @Ctx() { institutions }: Context): boolean {
    return institutions.isOverdue(one);
  }
}

export const BreakGlassConnection = connectionOf(BreakGlassType, 'BreakGlass', BREAK_GLASS_READERS);
