import { Arg, Ctx, Field, ID, InputType, Query, Resolver } from 'type-graphql';
import { Access, CLERKS } from '../../../kernel/graph/access.ts';
import { After, First, connect, pageOf, pageRequest } from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { fault } from '../../../kernel/graph/faults.ts';
import { isId } from '../../../kernel/rules/ids.ts';
import type { ApplicationKind, ApplicationState, RecordStatus } from '../model.ts';
import type { Context } from './context.ts';
import { ApplicationKindEnum, ApplicationStateEnum, RecordStatusEnum } from './enums.ts';
import { areaOrFault } from './lent.ts';
import { ApplicationConnection, ApplicationType, RecordConnection, RecordType } from './types.ts';

const region = d(
  '行政区划代码，含下级；空为管辖全域',
  "A region with all below it; null for the viewer's whole area",
);
const institution = d('机构标识码', 'One institution, by its code');

@InputType('RecordFilter', d('学籍筛选', 'Which records'))
class RecordFilterInput {
  @Field(() => String, { nullable: true, ...region })
  region?: string | null;

  @Field(() => String, { nullable: true, ...institution })
  institution?: string | null;

  @Field(() => ID, { nullable: true, ...d('班级', 'One class, by its id') })
  class?: string | null;

  @Field(() => RecordStatusEnum, { nullable: true, ...d('状态', 'Only this status') })
  status?: RecordStatus | null;
}

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

/** A filter that cannot be meant is refused: dropping it would answer with everything. */
function classAsked(id: string | null | undefined): string | null {
  if (id == null || isId(id)) return id ?? null;
  throw fault('BAD_USER_INPUT', 'class 应为班级的标识。', 'class must be the id of a class.');
}

@Resolver()
export class RecordQueries {
  @Access(...CLERKS)
  @Query(() => RecordType, { nullable: true, ...d('一份学籍', 'One record by its id') })
  record(@Arg('id', () => ID, d('内部标识', 'Its opaque id')) id: string, @Ctx() { loaders }: Context) {
    return isId(id) ? loaders.record.load(id) : null;
  }

  // Whoever sees numbers masked must not find out what is behind the mask by asking.
  @Access('KINDERGARTEN', 'COUNTY')
  @Query(() => RecordType, { nullable: true, ...d('按学籍号查学籍', 'One record by a number it has or had') })
  recordByNumber(
    @Arg('number', () => String, d('学籍号，19 位', 'The 19-character record number')) number: string,
    @Ctx() { records, viewer }: Context,
  ) {
    return records.recordByNumber(viewer, number);
  }

  @Access(...CLERKS)
  @Query(() => RecordConnection, { nullable: true, ...d('学籍列表', 'Records, page by page') })
  async records(
    @Arg('filter', () => RecordFilterInput, { nullable: true, ...d('筛选', 'Which ones') })
    filter: RecordFilterInput | null,
    @First() first: number,
    @After() after: string | null,
    @Ctx() { records, viewer }: Context,
  ) {
    const page = pageRequest(first, after);
    const area = await areaOrFault(records, viewer, filter ?? {});
    const classId = classAsked(filter?.class);
    const wanted = { area, status: filter?.status ?? null, classId };
    const rows = await records.records(wanted, page.first + 1, page.after);
    const countable = area.level === 'COUNTY' || area.level === 'INSTITUTION';
    return connect(pageOf(rows, page.first), () =>
      countable ? records.countRecords(wanted) : Promise.resolve(null),
    );
  }
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
