import { Arg, Ctx, Field, InputType, Query, Resolver } from 'type-graphql';
import { Access } from '../../../../kernel/graph/access.ts';
import { After, connect, First, pageOf, pageRequest } from '../../../../kernel/graph/connection.ts';
import { d } from '../../../../kernel/graph/describe.ts';
import type { Context } from '../context.ts';
import { BREAK_GLASS_READERS, BreakGlassConnection } from './types.ts';

@InputType('BreakGlassFilter', d('破例查看筛选', 'Which break-glasses'))
class BreakGlassFilterInput {
  @Field(() => Boolean, { nullable: true, ...d('仅未复核', 'Only those nobody has judged yet') })
  unreviewed?: boolean | null;

  @Field(() => Boolean, { nullable: true, ...d('仅复核逾期', 'Only those whose review is overdue') })
  overdue?: boolean | null;
}

@Resolver()
export class BreakGlassQueries {
  @Access(...BREAK_GLASS_READERS)
  @Query(() => BreakGlassConnection, {
    nullable: true,
    ...d(
      '破例查看：自己的，以及由自己复核的下一级的',
      'Break-glasses: your own, and those of the level below that you are to judge',
    ),
  })
  async breakGlasses(
    @Arg('filter', () => BreakGlassFilterInput, { nullable: true, ...d('筛选', 'Which ones') })
    filter: BreakGlassFilterInput | null,
    @First() first: number,
    @After() after: string | null,
    @Ctx() { institutions, viewer }: Context,
  ) {
    const page = pageRequest(first, after);
    const { unreviewed, overdue } = filter ?? {};
    const wanted = institutions.breakGlassFilterOf(viewer, unreviewed === true, overdue === true);
    const rows = await institutions.breakGlasses(wanted, page.first + 1, page.after);
    return connect(pageOf(rows, page.first), () => institutions.countBreakGlasses(wanted));
  }
}
