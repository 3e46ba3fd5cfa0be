import { Arg, Ctx, Field, ID, InputType, Query, Resolver } from 'type-graphql';
import { Access, CLERKS } from '../../../kernel/graph/access.ts';
import { After, First, connect, pageOf, pageRequest } from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { isId } from '../../../kernel/rules/ids.ts';
import type { ApplicationKind, ApplicationState } from '../model.ts';
import type { Context } from './context.ts';
import { ApplicationKindEnum, ApplicationStateEnum } from './enums.ts';
import { areaOrFault } from './lent.ts';
import { institution, region } from './queries.ts';
import { ApplicationConnection, ApplicationType } from './types.ts';

@InputType('ApplicationFilter', d('业务办理筛选', 'Which applications'))
class ApplicationFilterInput {
  @Field(() => String, { nullable: true, ...region })
  region?: string | null;

  @Field(() => String, { nullable: true, ...institution })
  institution?: string | null;

  @Field(() => ApplicationStateEnum, { nullable: true, ...d('办理状态', 'Only this state') })
  state?: ApplicationState | null;

  @Field(() => ApplicationKindEnum, { nullable: true, ...d('业务类型', 'Only this kind') })
  kind?: ApplicationKind | null;

  @Field(() => Boolean, {
    nullable: true,
    ...d(
      '仅待本人所在单位办理',
      "Only those whose turn it is with the viewer's own authority or kindergarten",
    ),
  })
  mine?: boolean | null;

  @Field(() => Boolean, { nullable: true, ...d('仅逾期未办', 'Only those undecided past their day') })
  overdue?: boolean | null;
}

@Resolver()
export class ApplicationQueries {
  @Access(...CLERKS)
  @Query(() => ApplicationType, { nullable: true, ...d('一项业务办理', 'One application by its id') })
  application(@Arg('id', () => ID, d('内部标识', 'Its opaque id')) id: string, @Ctx() { loaders }: Context) {
    return isId(id) ? loaders.application.load(id) : null;
  }

  @Access(...CLERKS)
  @Query(() => ApplicationConnection, { nullable: true, ...d('待办与已办', 'A work queue, page by page') })
  async applications(
    @Arg('filter', () => ApplicationFilterInput, { nullable: true, ...d('筛选', 'Which ones') })
    filter: ApplicationFilterInput | null,
    @First() first: number,
    @After() after: string | null,
    @Ctx() { records, viewer }: Context,
  ) {
    const page = pageRequest(first, after);
    const area = await areaOrFault(records, viewer, filter ?? {});
    const dueBefore = filter?.overdue === true ? records.today() : null;
    const heldBy = filter?.mine === true ? viewer.area : null;
    const { state = null, kind = null } = filter ?? {};
    const wanted = { area, state, kind, dueBefore, heldBy };
    const rows = await records.applications(wanted, page.first + 1, page.after);
    const countable = area.level === 'COUNTY' || area.level === 'INSTITUTION';
    return connect(pageOf(rows, page.first), () =>
      countable ? records.countApplications(wanted) : Promise.resolve(null),
    );
  }
}
