import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { d } from '../../../kernel/graph/describe.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import { CLASS_SIZE_LIMIT } from '../../../kernel/rules/class-size.ts';
import { ownershipOf } from '../../../kernel/rules/ownership.ts';
import { urbanRuralOf } from '../../../kernel/rules/urban-rural.ts';
import type { Class, Institution, Region } from '../model.ts';
import type { Context } from './context.ts';
import { OwnershipEnum, UrbanRuralEnum } from './enums.ts';
import { ClassType, InstitutionType, RegionType } from './types.ts';

@Resolver(() => RegionType)
export class RegionFields {
  @FieldResolver(() => RegionType, { nullable: true, ...d('上级', 'The region above it') })
  parent(@Root() region: Region, @Ctx() { loaders }: Context) {
    return region.parentCode === null ? null : loaders.region.load(region.parentCode);
  }

  @Sized(60)
  @FieldResolver(() => [RegionType], d('下级', 'The regions right below it'))
  children(@Root() region: Region, @Ctx() { loaders }: Context) {
    return loaders.regionsOf.load(region.code);
  }

  @Sized(5)
  @FieldResolver(
    () => [RegionType],
    d('撤并后的承继区划', 'The regions that took over after it was abolished'),
  )
  async successors(@Root() region: Region, @Ctx() { loaders }: Context) {
    return (await loaders.region.loadMany(region.successors)).filter(
      (found) => found && !(found instanceof Error),
    );
  }

  @Sized(5)
  @FieldResolver(() => [RegionType], d('由哪些区划承继而来', 'The regions it took over from'))
  async predecessors(@Root() { code }: Region, @Ctx() { loaders }: Context) {
    return (await loaders.predecessorsOf.load(code)).map(({ before }) => before);
  }
}

@Resolver(() => InstitutionType)
export class InstitutionFields {
  @FieldResolver(
    () => OwnershipEnum,
    d('办园性质（推导）', 'Public or private, derived from founder and recognition'),
  )
  ownership(@Root() institution: Institution) {
    return ownershipOf(institution);
  }

  @FieldResolver(() => UrbanRuralEnum, d('城乡类型', 'Urban, town or rural'))
  urbanRural(@Root() institution: Institution) {
    return urbanRuralOf(institution.urbanRuralClass);
  }

  @FieldResolver(() => RegionType, d('主管教育行政部门所在区划', 'The region whose authority is in charge'))
  region(@Root() institution: Institution, @Ctx() { loaders }: Context) {
    return loaders.region.load(institution.regionCode);
  }

  @Sized(40)
  @FieldResolver(() => [ClassType], d('班级', 'Its classes'))
  async classes(
    @Root() institution: Institution,
    @Arg('schoolYear', () => Int, {
      nullable: true,
      ...d('学年，空为全部', 'One school year only; null for all'),
    })
    schoolYear: number | null,
    @Ctx() { loaders }: Context,
  ) {
    const classes = await loaders.classesOf.load(institution.id);
    return schoolYear == null ? classes : classes.filter((c) => c.schoolYear === schoolYear);
  }
}

@Resolver(() => ClassType)
export class ClassFields {
  @FieldResolver(() => Int, d('班额（人）', 'How many children it should hold at most'))
  sizeLimit(@Root() { level }: Class) {
    return CLASS_SIZE_LIMIT[level];
  }

  @FieldResolver(() => InstitutionType, d('所属机构', 'The institution it belongs to'))
  institution(@Root() { institutionId }: Class, @Ctx() { loaders }: Context) {
    return loaders.institution.load(institutionId);
  }
}
