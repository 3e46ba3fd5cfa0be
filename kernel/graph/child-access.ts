/** The audit log as a guardian reads it, alike in every subgraph that keeps one: which authority looked, never which person. */
import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { Access, type ViewerContext } from './access.ts';
import { auditPage, type AskAudit } from './audit.ts';
import { After, First } from './connection.ts';
import { d } from './describe.ts';
import { DateTime } from './scalars.ts';
import { PageInfo } from './shared-types.ts';
import { Sized } from './sizes.ts';

@Access('GUARDIAN')
@Directive('@shareable')
@ObjectType('ChildAccess', {
  simpleResolvers: true,
  ...d('对儿童信息的一次查看或办理', "One look at a child's data, or one act on it"),
})
export class ChildAccessType {
  @Field(() => ID, d('条目标识，按时间排序', 'Its id; ids are in the order of time'))
  id!: string;

  @Field(() => DateTime, d('时间', 'When'))
  at!: Date;

  @Field(
    () => String,
    d('机关或机构的角色', 'The role of whoever it was: a kindergarten, a county, a school, the system'),
  )
  role!: string;

  @Field(
    () => String,
    d('机关或机构的级别', 'The level of its authority; INSTITUTION for a kindergarten or school'),
  )
  areaLevel!: string;

  @Field(() => String, d('机关的区划代码或机构标识码', 'The code of the authority or the institution'))
  areaCode!: string;

  @Field(() => String, d('动作；READ 为明文查看', 'What was done; READ is a look at unmasked fields'))
  action!: string;

  @Sized(14)
  @Field(() => [String], { nullable: true, ...d('所看或所改的字段', 'The fields that were read or changed') })
  fields!: readonly string[] | null;

  @Field(() => String, { nullable: true, ...d('所述目的', 'The purpose that was stated') })
  purpose!: string | null;
}

@Access('GUARDIAN')
@Directive('@shareable')
@ObjectType('ChildAccessConnection', {
  simpleResolvers: true,
  ...d('查看与办理情况分页', 'Looks and acts, page by page'),
})
export class ChildAccessConnection {
  @Field(() => [ChildAccessType], d('本页各项，最早在前', 'This page, the earliest first'))
  nodes!: ChildAccessType[];

  @Field(() => PageInfo, d('分页信息', 'Where the page ends'))
  pageInfo!: PageInfo;
}

/** A page of what the log says of one child. What it says of the account, the request and the case stays out. */
export async function childAccessPage(
  ask: AskAudit,
  childId: string,
  request: { readonly first: number; readonly after: string | null },
): Promise<ChildAccessConnection> {
  const { nodes, pageInfo } = await auditPage(ask, { childId }, request);
  return {
    nodes: nodes.map(({ id, at, role, areaLevel, areaCode, action, fields, purpose }) => ({
      ...{ id, at, role, areaLevel, areaCode, action, fields, purpose },
    })),
    pageInfo,
  };
}

/** The child as a subgraph knows it that only keeps a log of it, and the field it lends. Whose child it is, its reference asks. */
export function lentAccesses<Context extends ViewerContext>(
  name: string,
  descriptions: ReturnType<typeof d>,
  askOf: (context: Context) => AskAudit,
) {
  @Access('GUARDIAN', 'SERVICE')
  @Directive('@key(fields: "id")')
  @ObjectType('GuardedChild', {
    simpleResolvers: true,
    ...d('本人监护的儿童', 'A child the account is a guardian of'),
  })
  class GuardedChildRef {
    @Field(() => ID, d('儿童的内部标识', "The child's opaque id"))
    id!: string;
  }

  @Resolver(() => GuardedChildRef)
  class GuardedChildLent {
    @Access('GUARDIAN')
    @FieldResolver(() => ChildAccessConnection, { name, nullable: true, ...descriptions })
    accesses(
      @Root() { id }: GuardedChildRef,
      @First() first: number,
      @After() after: string | null,
      @Ctx() context: ViewerContext,
    ): Promise<ChildAccessConnection> {
      return childAccessPage(askOf(context as Context), id, { first, after });
    }
  }
  return { GuardedChildRef, GuardedChildLent };
}
