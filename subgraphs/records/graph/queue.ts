import { Arg, Ctx, Field, ID, InputType, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Access, CLERKS } from '../../../kernel/graph/access.ts';
import { After, First, connect, pageOf } from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { fault } from '../../../kernel/graph/faults.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import { isId } from '../../../kernel/rules/ids.ts';
import { compare } from '../../../kernel/rules/plain-date.ts';
import type { ApplicationKind, ApplicationState, ApplicationTask } from '../model.ts';
import type { Context } from './context.ts';
import { ApplicationKindEnum, ApplicationStateEnum, ApplicationTaskEnum } from './enums.ts';
import { areaOrFault } from './lent.ts';
import { institution, region } from './queries.ts';
import { ApplicationOrderEnum, keyIn, queueRequest, type ApplicationOrder } from './queue-order.ts';
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

  @Field(() => ApplicationTaskEnum, { nullable: true, ...d('待办事项', 'Only those waiting for this') })
  task?: ApplicationTask | null;

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

  @Field(() => LocalDate, {
    nullable: true,
    ...d('仅期限早于该日的未办结业务', 'Only those undecided and due before this day'),
  })
  dueBefore?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    ...d(
      '仅他人提交：提交账号不得自行核准',
      'Only those another account submitted: nobody approves what they submitted',
    ),
  })
  submittedByOthers?: boolean | null;
}

@Access(...CLERKS)
@ObjectType('ApplicationQueue', {
  simpleResolvers: true,
  ...d('待办一类：业务类型与事项', 'What waits for one holder: of one kind, for one task'),
})
class ApplicationQueueType {
  @Field(() => ApplicationKindEnum, d('业务类型', 'What was asked for'))
  kind!: ApplicationKind;

  @Field(() => ApplicationTaskEnum, d('待办事项', 'What is to be done'))
  task!: ApplicationTask;

  @Field(() => Int, d('待办件数', 'How many wait'))
  waiting!: number;

  @Field(() => Int, d('其中逾期件数', 'How many of them are overdue'))
  overdue!: number;

  @Field(() => LocalDate, d('最早的期限', 'The earliest day any of them is due'))
  nextDueOn!: string;
}

/** The undecided are due; what is decided is not, so its order by due day would mean nothing. */
function orderAsked(order: ApplicationOrder, state: ApplicationState | null): ApplicationOrder {
  if (order === 'DUE' && state !== null && state !== 'SUBMITTED' && state !== 'RETURNED')
    throw fault(
      'BAD_USER_INPUT',
      `orderBy DUE 只列未办结业务，state 应为 SUBMITTED 或 RETURNED，实际 ${state}。`,
      `orderBy DUE lists the undecided: SUBMITTED or RETURNED was expected as state, ${state} came.`,
    );
  return order;
}

/** The earlier of two days before which something must be due. */
const earlier = (a: string | null, b: string | null) =>
  a === null || (b !== null && compare(b, a) < 0) ? b : a;

type Wanted = Parameters<Context['records']['countApplications']>[0];

/**
 * What lies undecided in a province is a range of an index, some thousand at most times; all there ever was in a city, and
 * what is undecided in the nation, are not.
 */
const isCountable = ({ area, state, undecided, dueBefore, heldBy }: Wanted): boolean =>
  (heldBy ?? null) !== null ||
  area.level === 'COUNTY' ||
  area.level === 'INSTITUTION' ||
  (area.level !== 'NATION' &&
    (undecided === true || (dueBefore ?? null) !== null || state === 'SUBMITTED' || state === 'RETURNED'));

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
    @Arg('orderBy', () => ApplicationOrderEnum, { defaultValue: 'ID', ...d('排序', 'In which order') })
    orderBy: ApplicationOrder,
    @Ctx() { records, viewer }: Context,
  ) {
    const { state = null, kind = null, task = null, mine, overdue, submittedByOthers } = filter ?? {};
    const order = orderAsked(orderBy, state);
    const page = queueRequest(order, first, after);
    const area = await areaOrFault(records, viewer, filter ?? {});
    const wanted = {
      ...{ area, state, kind, task, undecided: order === 'DUE' },
      dueBefore: earlier(overdue === true ? records.today() : null, filter?.dueBefore ?? null),
      heldBy: mine === true ? viewer.area : null,
      notSubmittedBy: submittedByOthers === true ? viewer.account : null,
    };
    const rows = await records.applications(wanted, order, page.first + 1, page.after);
    const total = () => (isCountable(wanted) ? records.countApplications(wanted) : Promise.resolve(null));
    return connect(pageOf(rows, page.first), total, keyIn(order));
  }

  @Access(...CLERKS)
  @Sized(20)
  @Query(() => [ApplicationQueueType], {
    nullable: true,
    ...d(
      '本单位待办概览：按业务类型与事项计数，恒等于逐件重数',
      "What waits for the viewer's own authority or kindergarten, counted by kind and task",
    ),
  })
  applicationQueues(@Ctx() { records, viewer }: Context): Promise<ApplicationQueueType[]> {
    return records.queueOf(viewer.area, records.today());
  }
}
