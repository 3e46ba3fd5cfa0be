import { Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { Access, CLERKS, EVERYBODY } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { DateTime, LocalDate } from '../../../kernel/graph/scalars.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import type { Institution, InstitutionAct, InstitutionStatus, InstitutionVersion } from '../model.ts';
import { untilOn } from '../rules/changing.ts';
import type { Context } from './context.ts';
import { InstitutionActEnum, InstitutionStatusEnum } from './enums.ts';
import { InstitutionType, RegionType } from './types.ts';

type Shown = InstitutionVersion & { readonly untilOn: string | null };

@Access(...EVERYBODY)
@ObjectType('InstitutionVersion', {
  simpleResolvers: true,
  ...d('机构在一段时期的情况', 'What an institution was from one day to another'),
})
export class InstitutionVersionType {
  @Field(() => Int, d('序号', 'Its place in the history'))
  seq!: number;

  @Field(() => LocalDate, d('起始日期', 'From this day on'))
  fromOn!: string;

  @Field(() => LocalDate, {
    nullable: true,
    ...d('终止日期（不含），空为至今', 'The first day it no longer held; null while it holds'),
  })
  untilOn!: string | null;

  @Field(() => String, d('机构标识码', 'Its code then'))
  code!: string;

  @Field(() => String, d('名称', 'Its name then'))
  name!: string;

  @Field(() => InstitutionStatusEnum, d('办园状态', 'Its status then'))
  status!: InstitutionStatus;

  @Field(() => InstitutionActEnum, d('由何变更而来', 'The act that made it so'))
  act!: InstitutionAct;

  @Field(() => DateTime, d('办理时间', 'When the act was done'))
  at!: Date;

  @Access(...CLERKS, 'AUDITOR')
  @Field(() => String, { nullable: true, ...d('办理账号', 'The account that did it') })
  account!: string | null;

  @Access(...CLERKS, 'AUDITOR')
  @Field(() => String, { nullable: true, ...d('理由', 'Why') })
  reason!: string | null;
}

@Resolver(() => InstitutionVersionType)
export class InstitutionVersionFields {
  @FieldResolver(() => RegionType, {
    nullable: true,
    ...d('时属行政区划', 'The region whose authority was in charge'),
  })
  region(@Root() { regionCode }: InstitutionVersion, @Ctx() { loaders }: Context) {
    return loaders.region.load(regionCode);
  }

  @Sized(3)
  @FieldResolver(() => [RegionType], d('时属县、地、省', 'Its county, city and province then'))
  async path(
    @Root() { countyCode, cityCode, provinceCode }: InstitutionVersion,
    @Ctx() { loaders }: Context,
  ) {
    // A city without counties is its own county.
    const codes = new Set([countyCode, ...(cityCode === null ? [] : [cityCode]), provinceCode]);
    const regions = await loaders.region.loadMany([...codes]);
    return regions.filter((region) => region && !(region instanceof Error));
  }
}

@Resolver(() => InstitutionType)
export class InstitutionOverTime {
  @Sized(10)
  @FieldResolver(
    () => [InstitutionVersionType],
    d('沿革：自设立起逐项', 'Its history, from its opening on, one entry for each change'),
  )
  async history(@Root() { id }: Institution, @Ctx() { loaders }: Context): Promise<Shown[]> {
    const versions = await loaders.versionsOf.load(id);
    const ends = untilOn(versions);
    return versions.map((version, i) => ({ ...version, untilOn: ends[i]! }));
  }

  @FieldResolver(() => InstitutionType, {
    nullable: true,
    ...d('并入的机构', 'The institution it was merged into'),
  })
  successor(@Root() { successorId }: Institution, @Ctx() { loaders }: Context) {
    return successorId === null ? null : loaders.institution.load(successorId);
  }
}
