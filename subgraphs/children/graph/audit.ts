import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Access } from '../../../kernel/graph/access.ts';
import { auditPage, AuditEntryConnection, auditQuery } from '../../../kernel/graph/audit.ts';
import { After, First } from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { looksQuery } from '../../../kernel/graph/looks.ts';
import type { Child } from '../model.ts';
import type { Context } from './context.ts';
import { ChildType } from './types.ts';

export const ChildAuditQueries = auditQuery<Context>(
  'childAuditEntries',
  d('儿童子图的审计日志', 'The audit log of the children subgraph'),
  ({ children }) => children.auditEntries,
);

@Resolver(() => ChildType)
export class ChildAccesses {
  @Access('COUNTY')
  @FieldResolver(() => AuditEntryConnection, {
    nullable: true,
    ...d(
      '谁看过、办过该儿童的信息',
      'Who looked at what this subgraph keeps of the child, and who changed it',
    ),
  })
  accesses(
    @Root() { id: childId }: Pick<Child, 'id'>,
    @First() first: number,
    @After() after: string | null,
    @Ctx() { children }: Context,
  ): Promise<AuditEntryConnection> {
    return auditPage(children.auditEntries, { childId }, { first, after });
  }
}

export const ChildLooks = looksQuery<Context>(
  'childLooksUnder',
  d(
    '儿童子图中某次破例查看的明文查看（子图间）',
    'What was looked at in children under a break-glass, for neighbours',
  ),
  ({ children }) => children.auditEntries,
);
