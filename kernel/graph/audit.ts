/** The audit log in the graph, alike in every subgraph that keeps one: each answers for its own. */
import { Arg, Ctx, Directive, Field, ID, InputType, ObjectType, Query, Resolver } from 'type-graphql';
import { isId } from '../rules/ids.ts';
import type { Viewer } from '../rules/viewer.ts';
import { Access, type ViewerContext } from './access.ts';
import { After, connect, First, pageOf, pageRequest, type Page } from './connection.ts';
import { d } from './describe.ts';
import { fault, outsideArea } from './faults.ts';
import { DateTime } from './scalars.ts';
import { PageInfo } from './shared-types.ts';
import { Sized } from './sizes.ts';

/** Who reads any of it: auditors all, a county what was done to a child of its own. */
const READERS = ['AUDITOR', 'COUNTY'] as const;

@Access(...READERS)
@Directive('@shareable')
@ObjectType('AuditEntry', {
  simpleResolvers: true,
  ...d(
    '审计条目：一次决定，或一次明文查看',
    'An entry of the audit log: one decision, or one look at unmasked fields',
  ),
})
export class AuditEntryType {
  @Field(() => ID, d('条目标识，按时间排序', 'Its id; ids are in the order of time'))
  id!: string;

  @Field(() => DateTime, d('时间', 'When'))
  at!: Date;

  @Field(() => String, d('账号', 'The account that acted; `system:…` where nobody did'))
  account!: string;

  @Field(() => String, d('角色', 'Its role'))
  role!: string;

  @Field(() => String, d('辖区级别', 'The level of its area'))
  areaLevel!: string;

  @Field(() => String, d('辖区代码', 'The code of its area'))
  areaCode!: string;

  @Field(() => String, d('所属机关的区划代码', 'The region in whose chain it lies'))
  authority!: string;

  @Field(() => String, d('动作；READ 为明文查看', 'What was done; READ is a look at unmasked fields'))
  action!: string;

  @Field(() => String, d('对象类型', 'To what kind of thing'))
  subjectType!: string;

  @Field(() => String, d('对象标识', 'To which'))
  subjectId!: string;

  @Field(() => ID, { nullable: true, ...d('所涉儿童', 'The child it concerns') })
  childId!: string | null;

  @Field(() => ID, { nullable: true, ...d('所属申请或批次', 'The application or run it belongs to') })
  caseId!: string | null;

  @Sized(10)
  @Field(() => [String], { nullable: true, ...d('所看或所改的字段', 'The fields that were read or changed') })
  fields!: readonly string[] | null;

  @Field(() => String, { nullable: true, ...d('所述目的', 'The purpose that was stated') })
  purpose!: string | null;

  @Field(() => String, { nullable: true, ...d('事由代码', 'The reason, as a code') })
  reason!: string | null;

  @Field(() => String, { nullable: true, ...d('请求编号', 'The request it was done in') })
  requestId!: string | null;
}

@Access(...READERS)
@Directive('@shareable')
@ObjectType('AuditEntryConnection', {
  simpleResolvers: true,
  ...d('审计条目分页', 'Entries of the audit log, page by page'),
})
export class AuditEntryConnection {
  @Field(() => [AuditEntryType], d('本页各项，最早在前', 'This page, the earliest first'))
  nodes!: AuditEntryType[];

  @Field(() => PageInfo, d('分页信息', 'Where the page ends'))
  pageInfo!: PageInfo;
}

@InputType('AuditFilter', d('审计筛选；未写即不限', 'Which entries; everything left out is any'))
export class AuditFilterInput {
  @Field(() => String, { nullable: true, ...d('机关区划代码', 'In the chain of this region') })
  authority?: string | null;

  @Field(() => String, { nullable: true, ...d('账号', 'Of this account') })
  account?: string | null;

  @Field(() => String, { nullable: true, ...d('动作', 'Of this action') })
  action?: string | null;

  @Field(() => ID, { nullable: true, ...d('儿童', 'About this child') })
  childId?: string | null;

  @Field(() => DateTime, { nullable: true, ...d('自此时起', 'From this moment on') })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true, ...d('至此时前', 'Before this moment') })
  until?: Date | null;
}

/** So many entries after one of them, the earliest first. */
export type AskAudit = (
  filter: AuditFilterInput,
  after: string | null,
  limit: number,
) => Promise<readonly AuditEntryType[]>;

export async function auditPage(
  ask: AskAudit,
  filter: AuditFilterInput,
  request: { readonly first: number; readonly after: string | null },
): Promise<AuditEntryConnection> {
  const { first, after } = pageRequest(request.first, request.after);
  const page: Page<AuditEntryType> = pageOf(await ask(filter, after, first + 1), first);
  const { nodes, pageInfo } = connect(page, () => Promise.resolve(null));
  return { nodes: [...nodes], pageInfo };
}

/** The root field an auditor reads a subgraph's log by. */
export function auditQuery<Context extends ViewerContext>(
  name: string,
  descriptions: ReturnType<typeof d>,
  askOf: (context: Context) => AskAudit,
) {
  @Resolver()
  class AuditQueries {
    @Access('AUDITOR')
    @Query(() => AuditEntryConnection, { name, nullable: true, ...descriptions })
    auditEntries(
      @Arg('filter', () => AuditFilterInput, { nullable: true, ...d('筛选', 'Which ones') })
      filter: AuditFilterInput | null,
      @First() first: number,
      @After() after: string | null,
      @Ctx() context: ViewerContext,
    ): Promise<AuditEntryConnection> {
      const wanted = withinArea(filter ?? {}, context.viewer);
      return auditPage(askOf(context as Context), wanted, { first, after });
    }
  }
  return AuditQueries;
}

/** What may be asked: an auditor of the nation reads every chain; any other one that of its own area, and asks for no other. */
function withinArea(filter: AuditFilterInput, { area }: Viewer): AuditFilterInput {
  if (filter.childId != null && !isId(filter.childId))
    throw fault('BAD_USER_INPUT', 'childId 应为儿童标识。', 'childId must be the id of a child.');
  if (area.level === 'NATION') return filter;
  if (filter.authority != null && filter.authority !== area.code) throw outsideArea(area);
  return { ...filter, authority: area.code };
}
