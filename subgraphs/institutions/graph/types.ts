import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Access, EVERYBODY } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { connectionOf } from '../../../kernel/graph/connection.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import type { ClassLevel } from '../../../kernel/rules/code-sets/class-level.ts';
import type { Founder } from '../../../kernel/rules/code-sets/founder.ts';
import type { InstitutionKind } from '../../../kernel/rules/code-sets/institution-kind.ts';
import type { RegionLevel } from '../../../kernel/rules/regions.ts';
import type { Class, Institution, InstitutionStatus, Region } from '../model.ts';
import {
  ClassLevelEnum,
  FounderEnum,
  InstitutionKindEnum,
  InstitutionStatusEnum,
  RegionLevelEnum,
} from './enums.ts';

@Access(...EVERYBODY)
@Directive('@key(fields: "code")')
@ObjectType('Region', { simpleResolvers: true, ...d('行政区划', 'A region of the dated tree') })
export class RegionType implements Pick<
  Region,
  'code' | 'name' | 'fullName' | 'level' | 'validFrom' | 'validTo' | 'originOnly'
> {
  @Field(() => String, d('6 位代码（GB/T 2260）', 'Its 6-digit code (GB/T 2260)'))
  code!: string;

  @Field(() => String, d('名称', 'Its name'))
  name!: string;

  @Field(() => String, d('含上级的全称', 'Its name with those above it'))
  fullName!: string;

  @Field(() => RegionLevelEnum, d('层级', 'Its level'))
  level!: RegionLevel;

  @Field(() => LocalDate, {
    nullable: true,
    ...d('启用日期，空为不详', 'Since when; null where unknown'),
  })
  validFrom!: string | null;

  @Field(() => LocalDate, {
    nullable: true,
    ...d('撤销日期，空为现行', 'Until when; null while it stands'),
  })
  validTo!: string | null;

  @Field(() => Boolean, d('仅作来源地（港澳台）', 'Known as an origin only (Hong Kong, Macau, Taiwan)'))
  originOnly!: boolean;

  @Field(() => Boolean, d('是否设县级教育行政部门', 'Whether a county education authority sits here'))
  hasCountyAuthority!: boolean;

  @Directive('@inaccessible')
  @Field(() => String, { nullable: true, ...d('所属省级代码（子图间）', 'Its province, for neighbours') })
  provinceCode!: string | null;

  @Directive('@inaccessible')
  @Field(() => String, { nullable: true, ...d('所属地级代码（子图间）', 'Its city, for neighbours') })
  cityCode!: string | null;

  @Directive('@inaccessible')
  @Field(() => String, { nullable: true, ...d('所属县级代码（子图间）', 'Its county, for neighbours') })
  countyCode!: string | null;
}

@Access(...EVERYBODY)
@Directive('@key(fields: "id")')
@Directive('@key(fields: "code")')
@ObjectType('Institution', {
  simpleResolvers: true,
  ...d('幼儿园等学前教育机构', 'A kindergarten or other preschool institution'),
})
export class InstitutionType implements Omit<Institution, 'urbanRuralClass' | 'regionCode' | 'successorId'> {
  @Field(() => ID, d('内部标识', 'Its opaque id'))
  id!: string;

  @Field(() => String, d('10 位机构标识码', 'Its 10-digit institution code'))
  code!: string;

  @Field(() => String, d('名称', 'Its name'))
  name!: string;

  @Field(() => String, {
    nullable: true,
    ...d('统一社会信用代码', 'Its unified social credit code (GB 32100)'),
  })
  creditCode!: string | null;

  @Field(() => InstitutionKindEnum, d('办学类型', 'Its kind'))
  kind!: InstitutionKind;

  @Field(() => FounderEnum, d('举办者', 'Who founded and keeps it'))
  founder!: Founder;

  @Field(() => Boolean, d('是否认定为普惠性', 'Whether it is recognised as inclusive'))
  inclusive!: boolean;

  @Field(() => String, d('城乡分类代码（3 位）', 'The 3-digit urban-rural class'))
  urbanRuralClass!: string;

  @Field(() => InstitutionStatusEnum, d('办园状态', 'Whether it operates'))
  status!: InstitutionStatus;

  @Field(() => LocalDate, d('设立日期', 'When it opened'))
  openedOn!: string;

  @Field(() => LocalDate, { nullable: true, ...d('撤销日期', 'When it closed') })
  closedOn!: string | null;

  @Access('SERVICE')
  @Directive('@inaccessible')
  @Field(
    () => Int,
    d('版次（子图间）', 'One higher after each change; tells a neighbour whether it has seen the latest'),
  )
  version!: number;

  @Directive('@inaccessible')
  @Field(() => String, d('所属省级代码（子图间）', 'Its province, for neighbours'))
  provinceCode!: string;

  @Directive('@inaccessible')
  @Field(() => String, {
    nullable: true,
    ...d('所属地级代码（子图间）', 'Its city, for neighbours; null under a province-run county'),
  })
  cityCode!: string | null;

  @Directive('@inaccessible')
  @Field(() => String, d('所属县级代码（子图间）', 'Its county, for neighbours'))
  countyCode!: string;
}

@Access(...EVERYBODY)
@Directive('@key(fields: "id")')
@ObjectType('Class', { simpleResolvers: true, ...d('班级', 'A class of one school year') })
export class ClassType implements Pick<Class, 'id' | 'name' | 'level' | 'schoolYear'> {
  @Field(() => ID, d('内部标识', 'Its opaque id'))
  id!: string;

  @Field(() => String, d('名称', 'Its name'))
  name!: string;

  @Field(() => ClassLevelEnum, d('班级类型', 'Its level'))
  level!: ClassLevel;

  @Field(() => Int, d('学年（起始年份）', 'Its school year, by the year it begins in'))
  schoolYear!: number;
}

export const InstitutionConnection = connectionOf(InstitutionType, 'Institution', EVERYBODY);
