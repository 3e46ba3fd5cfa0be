import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Access, Act, EVERYBODY } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import type { NewRegion, Region } from '../model.ts';
import type { AbolishedRegion, Reorganisation } from '../rules/reorganising.ts';
import type { Context } from './context.ts';
import { NewRegionLevelEnum } from './enums.ts';
import { RegionType } from './types.ts';

@InputType('NewRegionInput', d('新设行政区划', 'A region that is founded'))
class NewRegionInput implements NewRegion {
  @Field(() => String, d('6 位代码，从未使用过', 'Its 6-digit code, one that was never used'))
  code!: string;

  @Field(() => String, d('名称，至多 60 字', 'Its name, at most 60 characters'))
  name!: string;

  @Field(() => NewRegionLevelEnum, d('层级', 'Its level'))
  level!: NewRegion['level'];

  @Field(() => String, d('上级代码', 'The region above it, by its code'))
  parent!: string;
}

@InputType('AbolishedRegionInput', d('撤销的行政区划', 'A region that is abolished'))
class AbolishedRegionInput implements AbolishedRegion {
  @Field(() => String, d('代码', 'Its code'))
  code!: string;

  @Field(() => [String], d('承继的同级区划', 'The regions of its level that take over'))
  successors!: string[];

  @Field(() => String, {
    nullable: true,
    defaultValue: null,
    ...d('未逐一指定的机构归入何处', 'Where those of its institutions go that are not named one by one'),
  })
  institutionsTo!: string | null;
}

@InputType('PlacedRegionInput', d('改隶的行政区划', 'A region that is put under another'))
class PlacedRegionInput {
  @Field(() => String, d('代码', 'Its code'))
  code!: string;

  @Field(() => String, d('新上级代码', 'The region above it from then on'))
  parent!: string;
}

@InputType('InstitutionWhereaboutsInput', d('机构去向', 'Where an institution goes'))
class InstitutionWhereaboutsInput {
  @Field(() => String, d('机构标识码', 'The institution, by its code'))
  institutionCode!: string;

  @Field(() => String, d('归入的县级区划代码', 'The county in charge from then on'))
  region!: string;
}

const none = { defaultValue: [] as never[] };

@InputType('ReorganiseRegionsInput', d('行政区划调整', 'Reorganising regions'))
class ReorganiseRegionsInput implements Reorganisation {
  @Field(() => String, d('幂等键：重试时不变', 'The idempotency key: the same for every retry'))
  idempotencyKey!: string;

  @Field(() => String, d('生效日期 YYYY-MM-DD', 'From which day on, YYYY-MM-DD; not after today'))
  on!: string;

  @Field(() => String, {
    nullable: true,
    defaultValue: null,
    ...d('依据，至多 200 字', 'On what ground, at most 200 characters'),
  })
  reason!: string | null;

  @Field(() => [NewRegionInput], { ...none, ...d('新设，至多 500', 'Founded, at most 500') })
  founded!: NewRegionInput[];

  @Field(() => [AbolishedRegionInput], { ...none, ...d('撤销，至多 500', 'Abolished, at most 500') })
  abolished!: AbolishedRegionInput[];

  @Field(() => [PlacedRegionInput], { ...none, ...d('改隶，至多 500', 'Put under another, at most 500') })
  placed!: PlacedRegionInput[];

  @Field(() => [InstitutionWhereaboutsInput], {
    ...none,
    ...d('逐一指定的机构去向，至多 500', 'Institutions whose place is named one by one, at most 500'),
  })
  institutions!: InstitutionWhereaboutsInput[];
}

@Access(...EVERYBODY)
@ObjectType('ReorganiseRegionsPayload', { simpleResolvers: true, ...d('调整结果', 'What came of it') })
class ReorganiseRegionsPayload {
  @Sized(60)
  @Field(() => [RegionType], d('新设和有变动的行政区划', 'The regions that are new or changed'))
  regions!: Region[];

  @Field(() => Int, d('随之改隶的机构数', 'How many institutions moved with them'))
  moved!: number;

  @Field(() => [UserErrorType], d('拒绝理由，空为成功', 'Why not; empty when it was done'))
  userErrors!: readonly UserErrorType[];
}

@Resolver()
export class RegionChanges {
  @Act('reorganiseRegions')
  @Mutation(() => ReorganiseRegionsPayload, {
    nullable: true,
    ...d('行政区划调整：撤并、拆分、改码、改隶', 'Reorganise regions: merge, split, recode, put elsewhere'),
  })
  async reorganiseRegions(
    @Arg('input', () => ReorganiseRegionsInput, d('输入', 'The input'))
    { idempotencyKey, ...wish }: ReorganiseRegionsInput,
    @Ctx() { institutions, loaders, viewer }: Context,
  ): Promise<ReorganiseRegionsPayload> {
    const answer = await institutions.reorganiseRegions(viewer, idempotencyKey, wish);
    const [done = { codes: [], moved: 0, userErrors: answer.userErrors }] = answer.results;
    loaders.region.clearAll();
    loaders.regionsOf.clearAll();
    const regions = await loaders.region.loadMany(done.codes);
    return {
      regions: regions.filter((region): region is Region => region !== null && !(region instanceof Error)),
      moved: done.moved,
      userErrors: done.userErrors,
    };
  }
}
