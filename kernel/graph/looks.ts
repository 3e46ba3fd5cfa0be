/** What was looked at under a break-glass, as each subgraph that keeps personal data tells institutions. */
import { Arg, Ctx, Directive, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { isId } from '../rules/ids.ts';
import { Access, type ViewerContext } from './access.ts';
import { d } from './describe.ts';
import { fault } from './faults.ts';
import { DateTime } from './scalars.ts';
import { Sized, SizedBy } from './sizes.ts';

@Access('SERVICE')
@Directive('@shareable')
@Directive('@inaccessible')
@ObjectType('NotedLook', {
  simpleResolvers: true,
  ...d('一次明文查看（子图间）', 'One look at unmasked fields, for neighbours'),
})
export class NotedLookType {
  @Field(() => ID, d('条目标识，按时间排序', 'Its id in the log; ids are in the order of time'))
  id!: string;

  @Field(() => DateTime, d('时间', 'When'))
  at!: Date;

  @Sized(10)
  @Field(() => [String], { nullable: true, ...d('所看的字段', 'The fields that were shown, by name') })
  fields!: readonly string[] | null;

  @Field(() => String, { nullable: true, ...d('所述目的', 'The purpose that was stated') })
  purpose!: string | null;

  @Field(() => String, { nullable: true, ...d('请求编号', 'The request it was done in') })
  requestId!: string | null;
}

/** The looks at a child under one break-glass. */
export interface LooksAsked {
  readonly action: string;
  readonly childId: string;
  readonly caseId: string;
}

export type AskLooks = (
  asked: LooksAsked,
  after: string | null,
  limit: number,
) => Promise<readonly NotedLookType[]>;

const READ = 'READ';
const MAX = 101;

/** The root field institutions asks a subgraph's log by. */
export function looksQuery<Context extends ViewerContext>(
  name: string,
  descriptions: ReturnType<typeof d>,
  askOf: (context: Context) => AskLooks,
) {
  @Resolver()
  class LooksQueries {
    @Access('SERVICE')
    @Directive('@inaccessible')
    @Sized(MAX)
    @SizedBy({ argument: 'limit' })
    @Query(() => [NotedLookType], { name, nullable: true, ...descriptions })
    looks(
      @Arg('childId', () => ID, d('儿童', 'The child')) childId: string,
      @Arg('breakGlassId', () => ID, d('破例查看', 'The break-glass')) caseId: string,
      @Arg('after', () => ID, { nullable: true, ...d('在此条目之后', 'After this entry') })
      after: string | null,
      @Arg('limit', () => Int, d('至多 101 条', 'How many, at most 101')) limit: number,
      @Ctx() context: ViewerContext,
    ): Promise<readonly NotedLookType[]> {
      if (![childId, caseId, after ?? caseId].every(isId) || limit < 1 || limit > MAX)
        throw fault(
          'BAD_USER_INPUT',
          `应为标识，至多 ${MAX} 条。`,
          `Ids were expected, and at most ${MAX} looks.`,
        );
      return askOf(context as Context)({ action: READ, childId, caseId }, after ?? null, limit);
    }
  }
  return LooksQueries;
}
