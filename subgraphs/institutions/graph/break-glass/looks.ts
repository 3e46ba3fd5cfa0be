import { Arg, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { Access } from '../../../../kernel/graph/access.ts';
import { After, connect, First, pageOf, pageRequest } from '../../../../kernel/graph/connection.ts';
import { d } from '../../../../kernel/graph/describe.ts';
import { DateTime } from '../../../../kernel/graph/scalars.ts';
import { PageInfo } from '../../../../kernel/graph/shared-types.ts';
import { Sized } from '../../../../kernel/graph/sizes.ts';
import type { Look } from '../../service/break-glass/looks.ts';
import type { Context } from '../context.ts';

/** The levels that are above somebody who may break the glass. */
const REVIEWERS = ['CITY', 'PROVINCE', 'MINISTRY'] as const;

@Access(...REVIEWERS)
@ObjectType('BreakGlassLook', {
  simpleResolvers: true,
  ...d('破例查看下的一次明文查看', 'One look at unmasked fields under a break-glass'),
})
class BreakGlassLookType implements Look {
  @Field(() => ID, d('审计条目标识，按时间排序', 'Its entry in the audit log; ids are in the order of time'))
  id!: string;

  @Field(() => DateTime, d('时间', 'When'))
  at!: Date;

  @Sized(10)
  @Field(() => [String], {
    nullable: true,
    ...d('所看的字段，仅名称', 'The fields that were shown: their names, never their values'),
  })
  fields!: readonly string[] | null;

  @Field(() => String, { nullable: true, ...d('所述目的', 'The purpose that was stated') })
  purpose!: string | null;

  @Field(() => String, { nullable: true, ...d('请求编号', 'The request it was done in') })
  requestId!: string | null;
}

@Access(...REVIEWERS)
@ObjectType('BreakGlassLookConnection', {
  simpleResolvers: true,
  ...d('明文查看分页', 'Looks, page by page'),
})
class BreakGlassLookConnection {
  @Field(() => [BreakGlassLookType], d('本页各项，最早在前', 'This page, the earliest first'))
  nodes!: Look[];

  @Field(() => PageInfo, d('分页信息', 'Where the page ends'))
  pageInfo!: PageInfo;
}

@Resolver()
export class BreakGlassLooks {
  @Access(...REVIEWERS)
  @Query(() => BreakGlassLookConnection, {
    nullable: true,
    ...d(
      '某次破例查看下看过什么：仅供复核人，不由其复核的与不存在的同为空',
      'What was looked at under a break-glass, for whoever is to judge it; null for all others, as where there is none',
    ),
  })
  async breakGlassLooks(
    @Arg('breakGlassId', () => ID, d('破例查看', 'The break-glass, by its id')) breakGlassId: string,
    @First() first: number,
    @After() after: string | null,
    @Ctx() { institutions, viewer }: Context,
  ): Promise<BreakGlassLookConnection | null> {
    const page = pageRequest(first, after);
    const looks = await institutions.looksUnder(viewer, breakGlassId, page.after, page.first + 1);
    if (!looks) return null;
    const { nodes, pageInfo } = connect(pageOf(looks, page.first), () => Promise.resolve(null));
    return { nodes: [...nodes], pageInfo };
  }
}
