import { Arg, Ctx, Directive, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Access } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { fault } from '../../../kernel/graph/faults.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import type { DailyBudget } from '../../../kernel/rules/budgets.ts';
import { AREA_LEVELS, isArea, type AreaLevel } from '../../../kernel/rules/viewer.ts';
import type { Context } from './context.ts';

@Access('SERVICE')
@Directive('@inaccessible')
@ObjectType('DailyBudget', {
  simpleResolvers: true,
  ...d('每日限额（子图间）', 'A daily budget that somebody has set, for neighbours'),
})
class DailyBudgetType implements DailyBudget {
  @Field(() => String, d('种类', 'Of what'))
  kind!: DailyBudget['kind'];

  @Field(() => String, d('角色', 'For accounts of which role'))
  role!: DailyBudget['role'];

  @Field(() => Int, d('每日至多', 'How much in a day'))
  most!: number;
}

@Resolver()
export class DailyBudgetQueries {
  @Access('SERVICE')
  @Directive('@inaccessible')
  @Sized(10)
  @Query(() => [DailyBudgetType], {
    nullable: true,
    ...d(
      '某辖区账号经设定的每日限额；未列的从代码（子图间）',
      'The daily budgets that were set for accounts of an area; the others are as stated, for neighbours',
    ),
  })
  dailyBudgets(
    @Arg('areaLevel', () => String, d('管辖层级', 'The level of the area')) areaLevel: string,
    @Arg('areaCode', () => String, d('管辖代码', 'Its code')) areaCode: string,
    @Ctx() { records }: Context,
  ): Promise<DailyBudget[]> {
    const area = { level: areaLevel as AreaLevel, code: areaCode };
    if (!AREA_LEVELS.includes(area.level) || !isArea(area))
      throw fault(
        'BAD_USER_INPUT',
        '应为管辖层级及其代码。',
        'A level and a code of that level were expected.',
      );
    return records.dailyBudgets(area);
  }
}
