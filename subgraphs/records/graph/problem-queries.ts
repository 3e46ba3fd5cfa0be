import { Arg, Ctx, Field, ID, InputType, Query, Resolver } from 'type-graphql';
import { Access, CLERKS } from '../../../kernel/graph/access.ts';
import { After, First, connect, pageOf, pageRequest } from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { isId } from '../../../kernel/rules/ids.ts';
import type { ProblemKind, ProblemState } from '../model.ts';
import type { Context } from './context.ts';
import { ProblemKindEnum, ProblemStateEnum } from './enums.ts';
import { areaOrFault } from './lent.ts';
import { ProblemCaseConnection, ProblemCaseType, seenProblem } from './problem-types.ts';
import { institution, region } from './queries.ts';

@InputType('ProblemCaseFilter', d('问题学籍筛选', 'Which problem cases'))
class ProblemCaseFilterInput {
  @Field(() => String, { nullable: true, ...region })
  region?: string | null;

  @Field(() => String, { nullable: true, ...institution })
  institution?: string | null;

  @Field(() => ProblemStateEnum, { nullable: true, ...d('状态', 'Only this state') })
  state?: ProblemState | null;

  @Field(() => ProblemKindEnum, { nullable: true, ...d('种类', 'Only this kind') })
  kind?: ProblemKind | null;

  @Field(() => Boolean, {
    nullable: true,
    ...d(
      '仅待本人所在单位办理',
      "Only those whose turn it is with the viewer's own authority or kindergarten",
    ),
  })
  mine?: boolean | null;

  @Field(() => Boolean, { nullable: true, ...d('仅逾期未办', 'Only those open past their day') })
  overdue?: boolean | null;
}

@Resolver()
export class ProblemQueries {
  @Access(...CLERKS)
  @Query(() => ProblemCaseType, { nullable: true, ...d('一项问题学籍', 'One problem case by its id') })
  problemCase(@Arg('id', () => ID, d('内部标识', 'Its opaque id')) id: string, @Ctx() { loaders }: Context) {
    return isId(id) ? loaders.problemCase.load(id) : null;
  }

  @Access(...CLERKS)
  @Query(() => ProblemCaseConnection, {
    nullable: true,
    ...d('问题学籍队列，随学籍所在地', 'A queue of problem cases; they are where their records are'),
  })
  async problemCases(
    @Arg('filter', () => ProblemCaseFilterInput, { nullable: true, ...d('筛选', 'Which ones') })
    filter: ProblemCaseFilterInput | null,
    @First() first: number,
    @After() after: string | null,
    @Ctx() { records, viewer }: Context,
  ) {
    const page = pageRequest(first, after);
    const area = await areaOrFault(records, viewer, filter ?? {});
    const { state = null, kind = null, mine, overdue } = filter ?? {};
    const wanted = {
      ...{ area, state, kind },
      heldBy: mine === true ? viewer.area : null,
      dueBefore: overdue === true ? records.today() : null,
    };
    const rows = await records.problemCases(wanted, page.first + 1, page.after);
    const { rows: kept, hasNextPage } = pageOf(rows, page.first);
    const nodes = (await records.withRecords(kept)).map(seenProblem);
    return connect({ rows: nodes, hasNextPage }, () => records.countProblemCases(wanted));
  }
}
