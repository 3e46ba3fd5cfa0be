import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Access, Act } from '../../../kernel/graph/access.ts';
import {
  After,
  First,
  connect,
  connectionOf,
  pageOf,
  pageRequest,
} from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { fault } from '../../../kernel/graph/faults.ts';
import { ACTIONS } from '../../../kernel/rules/actions.ts';
import { isPlainDate } from '../../../kernel/rules/plain-date.ts';
import type { DelayRow } from '../service/delays.ts';
import type { Context } from './context.ts';
import { HolderType, holderType } from './holder.ts';
import { areaOrFault } from './lent.ts';
import { ApplicationType } from './types.ts';

const SUPERVISORS = ACTIONS.delays;

@InputType('DelayFilter', d('时效筛选', 'Whose work'))
class DelayFilterInput {
  @Field(() => String, {
    nullable: true,
    ...d(
      '行政区划代码，含下级；空为管辖全域',
      "A region with all below it; null for the viewer's whole area",
    ),
  })
  region?: string | null;

  @Field(() => String, {
    nullable: true,
    ...d(
      '自该日起在办的环节 YYYY-MM-DD；空为本学年',
      'Steps open on this day or later; null for the present school year',
    ),
  })
  since?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    ...d('仅有逾期未办的', 'Only who has something open past its day'),
  })
  overdue?: boolean | null;
}

@Access(...SUPERVISORS)
@ObjectType('Delay', {
  simpleResolvers: true,
  ...d('一方的办理时效', 'What one holder has had to do, and how late it was with it'),
})
export class DelayType {
  @Field(() => ID, d('内部标识', 'Its opaque id'))
  id!: string;

  @Field(() => Int, d('经手环节数', 'How many steps it has held'))
  steps!: number;

  @Field(() => Int, d('在办环节数', 'How many of them are open'))
  open!: number;

  @Field(() => Int, d('逾期环节数，含已办结的', 'How many went past their day, ended or not'))
  pastDue!: number;

  @Field(() => Int, d('逾期未办环节数', 'How many are open past their day'))
  openPastDue!: number;

  @Field(() => Int, d('经手工作日合计', 'Working days it has held them, together'))
  daysHeld!: number;

  @Field(() => Int, d('逾期工作日合计', 'Working days of these after the days they were due'))
  daysLate!: number;
}
export const DelayConnection = connectionOf(DelayType, 'Delay', SUPERVISORS);

@Resolver(() => DelayType)
export class DelayFields {
  @FieldResolver(() => HolderType, d('经手的一方', 'The kindergarten or authority'))
  holder(@Root() { holderLevel, holderCode }: DelayRow): HolderType {
    return holderType({ level: holderLevel, code: holderCode });
  }

  @FieldResolver(() => ApplicationType, {
    nullable: true,
    ...d(
      '逾期最久的未办业务',
      'The application of its oldest open step past its day; null where there is none',
    ),
  })
  oldest(@Root() { oldestApplicationId }: DelayRow, @Ctx() { loaders }: Context) {
    return oldestApplicationId === null ? null : loaders.application.load(oldestApplicationId);
  }
}

@Resolver()
export class DelayQueries {
  @Act('delays')
  @Query(() => DelayConnection, {
    nullable: true,
    ...d(
      '办理时效：谁经手、多久、是否逾期',
      'Who has held work, how long, and how late, by the codes of the holders',
    ),
  })
  async delays(
    @Arg('filter', () => DelayFilterInput, { nullable: true, ...d('筛选', 'Whose') })
    filter: DelayFilterInput | null,
    @First() first: number,
    @After() after: string | null,
    @Ctx() { records, viewer }: Context,
  ) {
    const page = pageRequest(first, after);
    const since = filter?.since ?? null;
    if (since !== null && !isPlainDate(since))
      throw fault(
        'BAD_USER_INPUT',
        'since 应为存在的日期（YYYY-MM-DD）。',
        'since must be a date that exists (YYYY-MM-DD).',
      );
    const area = await areaOrFault(records, viewer, { region: filter?.region });
    const asked = { area, since, overdue: filter?.overdue ?? false };
    const rows = await records.delays(asked, page.first + 1, page.after);
    return connect(pageOf(rows, page.first), () =>
      area.level === 'COUNTY' ? records.countDelays(asked) : Promise.resolve(null),
    );
  }
}
