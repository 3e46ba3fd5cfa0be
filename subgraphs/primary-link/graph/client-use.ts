import { Arg, Ctx, Field, InputType, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Access, Act } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { fault } from '../../../kernel/graph/faults.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import { ACTIONS } from '../../../kernel/rules/actions.ts';
import { addDays } from '../../../kernel/rules/plain-date.ts';
import type { ClientOperation, ClientUseDimension } from '../model.ts';
import type { Context } from './context.ts';
import { ClientOperationEnum, ClientUseDimensionEnum } from './enums.ts';
import { PrimarySchoolType } from './school-types.ts';

const GROUPS_MAX = 1000;
const DAYS_MAX = 366;

@InputType('ClientUseFilter', d('统计区间', 'Which days'))
class ClientUseFilterInput {
  @Field(() => LocalDate, d('起始日', 'The first day'))
  from!: string;

  @Field(() => LocalDate, d('截止日，含当日；至多 366 天', 'The last day, itself included; at most 366 days'))
  until!: string;
}

@Access(...ACTIONS.clientUse)
@ObjectType('ClientUse', {
  simpleResolvers: true,
  ...d(
    '客户系统使用统计：只到小时，不含所查对象',
    'What client systems did: by the hour at the finest, and nothing of whom they asked after',
  ),
})
class ClientUseType {
  @Field(() => String, { nullable: true, ...d('账号，按账号分组时', 'The account, where split by it') })
  account!: string | null;

  @Field(() => PrimarySchoolType, {
    nullable: true,
    ...d('学校，按学校分组时', 'The school, where split by it'),
  })
  school!: PrimarySchoolType | null;

  @Field(() => ClientOperationEnum, {
    nullable: true,
    ...d('业务，按业务分组时', 'The operation, where split by it'),
  })
  operation!: ClientOperation | null;

  @Field(() => String, {
    nullable: true,
    ...d(
      '所说明的用途，未说明为 NONE；按用途分组时',
      'The purpose that was stated, NONE where none was; where split by it',
    ),
  })
  purpose!: string | null;

  @Field(() => LocalDate, { nullable: true, ...d('日，按日分组时', 'The day, where split by it') })
  day!: string | null;

  @Field(() => Int, {
    nullable: true,
    ...d('时（0–23，北京时间），按时分组时', 'The hour in China, 0 to 23, where split by it'),
  })
  hour!: number | null;

  @Field(() => Int, d('调用次数', 'How many calls'))
  calls!: number;

  @Field(() => Int, d('所含项数', 'How many items in them'))
  items!: number;

  @Field(() => Int, d('查得学籍的项数', 'How many items led to a record'))
  found!: number;

  @Field(() => Int, d('因超出限额被拒绝的次数', 'How many calls were refused for want of quota'))
  refused!: number;
}

@Resolver()
export class ClientUseQueries {
  @Act('clientUse')
  @Sized(100)
  @Query(() => [ClientUseType], {
    nullable: true,
    ...d(
      '客户系统使用统计：主管部门看本辖区，学校看本校',
      'How client systems use the link: those of the area, and a school those of its own',
    ),
  })
  async clientUse(
    @Arg('filter', () => ClientUseFilterInput, d('统计区间', 'Which days'))
    { from, until }: ClientUseFilterInput,
    @Arg('by', () => [ClientUseDimensionEnum], d('分组，可为空', 'What to split by; may be empty'))
    by: ClientUseDimension[],
    @Ctx() { primaryLink, viewer, loaders }: Context,
  ): Promise<ClientUseType[]> {
    if (until > addDays(from, DAYS_MAX - 1))
      throw fault('BAD_USER_INPUT', `区间至多 ${DAYS_MAX} 天。`, `At most ${DAYS_MAX} days were expected.`);
    const filter = { area: viewer.area, from, until, by: [...new Set(by)] };
    const groups = await primaryLink.clientUseIn(filter, GROUPS_MAX);
    if (!groups) throw tooManyGroups();
    return Promise.all(
      groups.map(async ({ school, operation, ...group }) => ({
        ...group,
        operation: operation as ClientOperation | null,
        school: school === null ? null : await loaders.school.load(school),
      })),
    );
  }
}

const tooManyGroups = () =>
  fault(
    'BAD_USER_INPUT',
    `分组超过 ${GROUPS_MAX} 个，请缩短区间或减少分组。`,
    `More than ${GROUPS_MAX} groups; ask for fewer days or split by less.`,
  );
