import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  InputType,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Access, Act } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { fault } from '../../../kernel/graph/faults.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import { ACTIONS } from '../../../kernel/rules/actions.ts';
import type { EnrolmentCount } from '../service/count-enrolments.ts';
import type { CountDimension } from '../model.ts';
import type { Context } from './context.ts';
import { ClassLevelEnum, CountDimensionEnum, OwnershipEnum, SexEnum, UrbanRuralEnum } from './enums.ts';
import { areaOrFault } from './lent.ts';
import { RegionRef } from './neighbours.ts';

const COUNTERS = ACTIONS.enrolmentCounts;
const age = d('学年年龄', 'Age in full years on 31 August');
const sex = d('性别', 'Sex');
const classLevel = d('班级类型', 'Class level');
const ownership = d('办园性质', 'Ownership');
const urbanRural = d('城乡类型', 'Urban, town or rural');

@InputType('CountFilter', d('统计筛选', 'Which children to count'))
class CountFilterInput {
  @Field(() => String, {
    nullable: true,
    ...d(
      '行政区划代码，含下级；空为管辖全域',
      "A region with all below it; null for the viewer's whole area",
    ),
  })
  region?: string | null;

  @Field(() => Int, { nullable: true, ...age })
  age?: number | null;

  @Field(() => SexEnum, { nullable: true, ...sex })
  sex?: string | null;

  @Field(() => ClassLevelEnum, { nullable: true, ...classLevel })
  classLevel?: string | null;

  @Field(() => OwnershipEnum, { nullable: true, ...ownership })
  ownership?: string | null;

  @Field(() => UrbanRuralEnum, { nullable: true, ...urbanRural })
  urbanRural?: string | null;
}

@Access(...COUNTERS)
@ObjectType('EnrolmentCount', {
  simpleResolvers: true,
  ...d('在园统计：一格', 'One cell of the counts; dimensions not asked for are null'),
})
export class EnrolmentCountType implements Omit<EnrolmentCount, 'regionCode'> {
  @Field(() => Int, { nullable: true, ...age })
  age!: number | null;

  @Field(() => SexEnum, { nullable: true, ...sex })
  sex!: string | null;

  @Field(() => ClassLevelEnum, { nullable: true, ...classLevel })
  classLevel!: string | null;

  @Field(() => OwnershipEnum, { nullable: true, ...ownership })
  ownership!: string | null;

  @Field(() => UrbanRuralEnum, { nullable: true, ...urbanRural })
  urbanRural!: string | null;

  @Field(() => Int, d('在园人数', 'Children in kindergarten'))
  count!: number;
}

@Resolver(() => EnrolmentCountType)
export class EnrolmentCountFields {
  @FieldResolver(() => RegionRef, {
    nullable: true,
    ...d('行政区划（所选最细层级）', 'The region, at the finest level asked for'),
  })
  region(@Root() { regionCode }: EnrolmentCount): RegionRef | null {
    return regionCode === null ? null : { code: regionCode };
  }
}

@Resolver()
export class CountQueries {
  @Act('enrolmentCounts')
  @Sized(3_000)
  @Query(() => [EnrolmentCountType], {
    nullable: true,
    ...d('在园统计：恒等于逐人重数', 'Children in kindergarten by dimensions; always equals a recount'),
  })
  async enrolmentCounts(
    @Arg(
      'by',
      () => [CountDimensionEnum],
      d('维度，可为空', 'The dimensions to split by; none for one total'),
    )
    by: CountDimension[],
    @Arg('filter', () => CountFilterInput, { nullable: true, ...d('筛选', 'Which children') })
    filter: CountFilterInput | null,
    @Arg('on', () => LocalDate, {
      nullable: true,
      ...d('统计日，空为今天', 'As of this day; null for today'),
    })
    on: string | null,
    @Ctx() { records, viewer }: Context,
  ): Promise<EnrolmentCount[]> {
    const area = await areaOrFault(records, viewer, { region: filter?.region });
    const counts = await records.enrolmentCounts(area, [...new Set(by)], filter ?? {}, on ?? null);
    if (!counts)
      throw fault('BAD_USER_INPUT', '统计日不能晚于今天。', 'The day to count on cannot lie in the future.');
    return counts;
  }
}
