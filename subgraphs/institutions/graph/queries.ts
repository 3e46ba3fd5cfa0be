import { Arg, Ctx, Field, FieldResolver, ID, InputType, ObjectType, Query, Resolver } from 'type-graphql';
import { Access, EVERYBODY } from '../../../kernel/graph/access.ts';
import { After, First, connect, pageOf, pageRequest } from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import { Sized, SizedBy } from '../../../kernel/graph/sizes.ts';
import { actionsOf, mayAct, type Action } from '../../../kernel/rules/actions.ts';
import { openTo, type OpenFields } from '../../../kernel/rules/access-matrix.ts';
import { purposesOf, type Purpose } from '../../../kernel/rules/purposes.ts';
import type { RegionLevel } from '../../../kernel/rules/regions.ts';
import { isId } from '../../../kernel/rules/ids.ts';
import type { Account, InstitutionStatus } from '../model.ts';
import { AccountDutyEnum, AccountStateEnum } from './accounts/enums.ts';
import type { Context } from './context.ts';
import { InstitutionStatusEnum, RegionLevelEnum } from './enums.ts';
import { InstitutionConnection, InstitutionType, RegionType } from './types.ts';

@InputType('InstitutionFilter', d('机构筛选', 'Which institutions'))
class InstitutionFilterInput {
  @Field(() => String, { nullable: true, ...d('行政区划代码，含下级', 'A region, with all below it') })
  region?: string | null;

  @Field(() => InstitutionStatusEnum, { nullable: true, ...d('办园状态', 'Only this status') })
  status?: InstitutionStatus | null;
}

@Access(...EVERYBODY)
@ObjectType('ViewerInfo', {
  simpleResolvers: true,
  ...d('当前账号', 'Who asks, and what this account may do'),
})
class ViewerInfo {
  @Field(() => String, d('账号', 'The account'))
  account!: string;

  @Field(() => String, d('角色', 'Its role'))
  role!: string;

  @Field(() => String, d('管辖层级', 'The level of its area'))
  areaLevel!: string;

  @Field(() => String, d('管辖代码：区划或机构', 'The code of its area: a region or an institution'))
  areaCode!: string;

  @Field(
    () => [String],
    d(
      '可办业务：该角色的业务中此账号获授权的',
      'The acts open to it: those of its role it was given the right to',
    ),
  )
  actions!: Action[];

  @Field(
    () => [String],
    d('可说明的用途（x-xueji-purpose）', 'The purposes it may state, in the header x-xueji-purpose'),
  )
  purposes!: Purpose[];
}

@Access(...EVERYBODY)
@ObjectType('OpenFields', {
  simpleResolvers: true,
  ...d('某类型中可查询的字段', 'A type, and those of its fields that are open to the viewer'),
})
class OpenFieldsType implements OpenFields {
  @Field(() => String, d('类型', 'The type'))
  type!: string;

  @Sized(20)
  @Field(() => [String], d('字段', 'Its fields'))
  fields!: string[];
}

@Access(...EVERYBODY)
@ObjectType('ViewerAccount', {
  simpleResolvers: true,
  ...d('本人账号备案情况', "The viewer's own account as it is filed"),
})
class ViewerAccount implements Pick<Account, 'state' | 'duty' | 'certifiedOn' | 'usedOn'> {
  @Field(() => AccountStateEnum, d('状态', 'Whether its holder may act'))
  state!: Account['state'];

  @Field(() => AccountDutyEnum, {
    nullable: true,
    ...d('岗位，仅幼儿园账号', 'What it is for, of kindergartens only'),
  })
  duty!: Account['duty'];

  @Field(() => LocalDate, { nullable: true, ...d('培训合格日期', 'When its holder finished the training') })
  certifiedOn!: string | null;

  @Field(() => LocalDate, { nullable: true, ...d('最近使用日期', 'When it was last used') })
  usedOn!: string | null;
}

@Resolver(() => ViewerInfo)
export class ViewerFields {
  @Access(...EVERYBODY)
  @Sized(150)
  @FieldResolver(() => [OpenFieldsType], {
    ...d(
      '该角色可查询的全部字段，按类型；查询与业务亦为类型',
      'Every field of the graph that is open to the role, by type; queries and mutations are types, too',
    ),
  })
  fields(@Ctx() { matrix, viewer }: Context): OpenFields[] {
    return openTo(matrix(), viewer.role);
  }

  @Access(...EVERYBODY)
  @FieldResolver(() => ViewerAccount, {
    nullable: true,
    ...d('备案情况；监护人无账号，为空', 'The account as it is filed; null for guardians, who have none'),
  })
  async filed(@Ctx() { institutions, viewer }: Context): Promise<Account | null> {
    return (await institutions.accountsByName([viewer.account]))[0] ?? null;
  }
}

@Resolver()
export class RegionQueries {
  @Access(...EVERYBODY)
  @Query(() => RegionType, { nullable: true, ...d('一个行政区划', 'One region by its code') })
  region(
    @Arg('code', () => String, d('6 位代码', 'Its 6-digit code')) code: string,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.region.load(code);
  }

  @Access(...EVERYBODY)
  @Sized(3_000)
  @SizedBy({ argument: 'parent', size: 60 })
  @SizedBy({ argument: 'level', is: 'PROVINCE', size: 40 })
  @SizedBy({ argument: 'level', is: 'NATION', size: 1 })
  @Query(() => [RegionType], { nullable: true, ...d('行政区划列表（至多 4000）', 'Regions, at most 4,000') })
  regions(
    @Arg('level', () => RegionLevelEnum, { nullable: true, ...d('层级', 'Only this level') })
    level: RegionLevel | null,
    @Arg('parent', () => String, { nullable: true, ...d('上级代码', 'Only those right below this one') })
    parent: string | null,
    @Ctx() { institutions }: Context,
  ) {
    return institutions.regions(level ?? null, parent ?? null);
  }
}

@Resolver()
export class InstitutionQueries {
  @Access(...EVERYBODY)
  @Query(() => InstitutionType, {
    nullable: true,
    ...d('一所机构，按标识或机构标识码', 'One institution, by id or by its code'),
  })
  async institution(
    @Arg('id', () => ID, { nullable: true, ...d('内部标识', 'Its opaque id') }) id: string | null,
    @Arg('code', () => String, { nullable: true, ...d('机构标识码', 'Its 10-digit code') })
    code: string | null,
    @Arg('asOf', () => LocalDate, {
      nullable: true,
      ...d(
        '按该日情况：名称、状态、区划；其余为现况',
        'As it was on this day: name, status, region; all else as it is now',
      ),
    })
    asOf: string | null,
    @Ctx() { loaders, institutions }: Context,
  ) {
    const found = await (code != null
      ? loaders.institutionByCode.load(code)
      : id != null && isId(id) && loaders.institution.load(id));
    if (!found) return null;
    return asOf == null ? found : institutions.institutionOn(found, asOf);
  }

  @Access(...EVERYBODY)
  @Query(() => InstitutionConnection, { nullable: true, ...d('机构列表', 'Institutions, page by page') })
  async institutions(
    @Arg('filter', () => InstitutionFilterInput, { nullable: true, ...d('筛选', 'Which ones') })
    filter: InstitutionFilterInput | null,
    @First() first: number,
    @After() after: string | null,
    @Ctx() { institutions }: Context,
  ) {
    const page = pageRequest(first, after);
    const wanted = await institutions.filterOf(filter?.region ?? null, filter?.status ?? null);
    const rows = await institutions.institutions(wanted, page.first + 1, page.after);
    return connect(pageOf(rows, page.first), () => institutions.countInstitutions(wanted));
  }

  @Access(...EVERYBODY)
  @Query(() => ViewerInfo, { nullable: true, ...d('我是谁，能办什么', 'Who am I, and what may I do') })
  viewer(@Ctx() { viewer }: Context): ViewerInfo {
    const { account, role, area } = viewer;
    const actions = actionsOf(role).filter((action) => mayAct(viewer, action));
    const purposes = purposesOf(role);
    return { account, role, areaLevel: area.level, areaCode: area.code, actions, purposes };
  }
}
