import { Arg, Ctx, Field, ID, InputType, Query, Resolver } from 'type-graphql';
import { Access, CLERKS } from '../../../kernel/graph/access.ts';
import { After, First, connect, pageOf, pageRequest } from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { fault } from '../../../kernel/graph/faults.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import { isId } from '../../../kernel/rules/ids.ts';
import { compare } from '../../../kernel/rules/plain-date.ts';
import type { Area } from '../../../kernel/rules/viewer.ts';
import type { RecordStatus } from '../model.ts';
import type { Seen } from '../rules/as-of.ts';
import type { RecordService } from '../service.ts';
import type { Context } from './context.ts';
import { RecordStatusEnum } from './enums.ts';
import { areaOrFault } from './lent.ts';
import { RecordConnection, RecordType } from './types.ts';

export const region = d(
  '行政区划代码，含下级；空为管辖全域',
  "A region with all below it; null for the viewer's whole area",
);
export const institution = d('机构标识码', 'One institution, by its code');

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

  @Field(() => LocalDate, {
    nullable: true,
    ...d('仅缓学在此日前届满的', 'Only those whose deferral has its last day before this one'),
  })
  deferralEndsBefore?: string | null;
}

/** A filter that cannot be meant is refused: dropping it would answer with everything. */
function classAsked(id: string | null | undefined): string | null {
  if (id == null || isId(id)) return id ?? null;
  throw fault('BAD_USER_INPUT', 'class 应为班级的标识。', 'class must be the id of a class.');
}

/** A day to look back to; null for now, which today is as well. A day to come is refused, since nothing is known of it. */
function dayAsked(records: RecordService, asOf: string | null | undefined): string | null {
  const present = records.today();
  if (asOf == null || asOf === present) return null;
  if (compare(asOf, present) > 0)
    throw fault('BAD_USER_INPUT', 'asOf 不能晚于今天。', 'asOf cannot lie in the future.');
  return asOf;
}

const notThen = () =>
  fault(
    'BAD_USER_INPUT',
    'deferralEndsBefore 只按现在情形筛选。',
    'deferralEndsBefore asks about now, not about a day.',
  );

/** Nothing ends a search through the history of a whole province for what nobody was on that day. */
function refuseWide({ level }: Area): void {
  if (level === 'NATION' || level === 'PROVINCE')
    throw fault(
      'BAD_USER_INPUT',
      `按日列表限于一个地级、县级区划或一所机构，实际 ${level}：请给出 region 或 institution。`,
      `A list as of a day is of one city, county or institution, ${level} came: name a region or an institution.`,
    );
}

const AsOf = () =>
  Arg('asOf', () => LocalDate, {
    nullable: true,
    ...d('按当日情形；空为现在，不能晚于今天', 'As it stood on this day; null for now, and no day to come'),
  });

@Resolver()
export class RecordQueries {
  @Access(...CLERKS)
  @Query(() => RecordType, {
    nullable: true,
    ...d(
      '一份学籍；按日查询时，现管辖或当日管辖者可见（幼儿园限现在本园）',
      'One record by its id; as of a day, for whoever has it now and for the authorities that had it then',
    ),
  })
  record(
    @Arg('id', () => ID, d('内部标识', 'Its opaque id')) id: string,
    @AsOf() asOf: string | null | undefined,
    @Ctx() { loaders, records }: Context,
  ): Promise<Seen | null> | null {
    const on = dayAsked(records, asOf);
    if (!isId(id)) return null;
    return on === null ? loaders.record.load(id) : loaders.recordOn.load({ id, on });
  }

  // Whoever sees numbers masked must not find out what is behind the mask by asking.
  @Access('KINDERGARTEN', 'COUNTY')
  @Query(() => RecordType, { nullable: true, ...d('按学籍号查学籍', 'One record by a number it has or had') })
  async recordByNumber(
    @Arg('number', () => String, d('学籍号，19 位', 'The 19-character record number')) number: string,
    @Ctx() { personal, records, viewer }: Context,
  ) {
    await personal.guess();
    return records.recordByNumber(viewer, number);
  }

  @Access(...CLERKS)
  @Query(() => RecordConnection, {
    nullable: true,
    ...d(
      '学籍列表；按日查询时按当日所在与状态筛选（幼儿园限现在仍在本园名下的），限一个地级、县级区划或一所机构',
      'Records, page by page; as of a day, by seat and status on it (a kindergarten: of those that are its own now), of one city, county or institution',
    ),
  })
  async records(
    @Arg('filter', () => RecordFilterInput, { nullable: true, ...d('筛选', 'Which ones') })
    filter: RecordFilterInput | null,
    @First() first: number,
    @After() after: string | null,
    @AsOf() asOf: string | null | undefined,
    @Ctx() { records, viewer }: Context,
  ) {
    const page = pageRequest(first, after);
    const on = dayAsked(records, asOf);
    const area = await areaOrFault(records, viewer, filter ?? {});
    const classId = classAsked(filter?.class);
    const { status = null, deferralEndsBefore = null } = filter ?? {};
    const wanted = { area, status, classId, deferralEndsBefore };
    if (on !== null && deferralEndsBefore !== null) throw notThen();
    if (on !== null) {
      refuseWide(area);
      const then = { ...wanted, own: viewer.area, on };
      const rows = await records.recordsOn(then, page.first + 1, page.after);
      // A county's past would have to be read whole to be counted; enrolmentCounts tells how many were there.
      const total = () =>
        area.level === 'INSTITUTION' ? records.countRecordsOn(then) : Promise.resolve(null);
      return connect(pageOf(rows, page.first), total);
    }
    const rows = await records.records(wanted, page.first + 1, page.after);
    const countable = area.level === 'COUNTY' || area.level === 'INSTITUTION';
    return connect<Seen>(pageOf(rows, page.first), () =>
      countable ? records.countRecords(wanted) : Promise.resolve(null),
    );
  }
}
