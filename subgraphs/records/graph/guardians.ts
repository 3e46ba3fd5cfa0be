import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { Access } from '../../../kernel/graph/access.ts';
import { childAccessPage, ChildAccessConnection } from '../../../kernel/graph/child-access.ts';
import { After, First } from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import type { Context } from './context.ts';

@Access('GUARDIAN', 'SERVICE')
@Directive('@key(fields: "id")')
@ObjectType('GuardedChild', {
  simpleResolvers: true,
  ...d('本人监护的儿童', 'A child the account is a guardian of'),
})
export class GuardedChildRef {
  @Field(() => ID, d('儿童的内部标识', "The child's opaque id"))
  id!: string;
}

@Resolver(() => GuardedChildRef)
export class GuardedChildLent {
  @Access('GUARDIAN')
  @FieldResolver(() => ChildAccessConnection, {
    nullable: true,
    ...d(
      '谁看过、办过儿童的学籍，含向外提供：机关或机构，不含个人',
      "Who looked at or acted on the child's record, and where it was given outside: the authority, never the person",
    ),
  })
  recordAccesses(
    @Root() { id }: GuardedChildRef,
    @First() first: number,
    @After() after: string | null,
    @Ctx() { records }: Context,
  ): Promise<ChildAccessConnection> {
    return childAccessPage(records.auditEntries, id, { first, after });
  }
}
