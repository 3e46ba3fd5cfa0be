import { Directive, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { Access, EVERYBODY } from '../../../kernel/graph/access.ts';
import { connectionOf } from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import type { PrimarySchool } from '../model.ts';
import type { Context } from './context.ts';
import { SchoolStatusEnum } from './enums.ts';
import { RegionStub } from './neighbours.ts';

@Access(...EVERYBODY)
@Directive('@key(fields: "code")')
@ObjectType('PrimarySchool', {
  simpleResolvers: true,
  ...d('小学', 'A primary school that records may go to'),
})
export class PrimarySchoolType implements Pick<
  PrimarySchool,
  'code' | 'name' | 'status' | 'openedOn' | 'closedOn'
> {
  @Field(() => String, d('10 位学校标识码（类别 21）', 'Its 10-digit code, of category 21'))
  code!: string;

  @Field(() => String, d('名称', 'Its name'))
  name!: string;

  @Field(() => SchoolStatusEnum, d('状态', 'Whether it is open'))
  status!: PrimarySchool['status'];

  @Field(() => LocalDate, d('设立日期', 'When it was opened'))
  openedOn!: string;

  @Field(() => LocalDate, { nullable: true, ...d('撤销日期', 'When it was closed; null while open') })
  closedOn!: string | null;
}

export const PrimarySchoolConnection = connectionOf(PrimarySchoolType, 'PrimarySchool', EVERYBODY);

const region = (code: string | null) => (code === null ? null : { code });

@Resolver(() => PrimarySchoolType)
export class PrimarySchoolFields {
  @FieldResolver(() => RegionStub, { nullable: true, ...d('主管县级区划', 'The county in charge') })
  county(@Root() { countyCode }: PrimarySchool): RegionStub | null {
    return region(countyCode);
  }

  @FieldResolver(() => RegionStub, { nullable: true, ...d('所属地级区划', 'Its city, if it has one') })
  city(@Root() { cityCode }: PrimarySchool): RegionStub | null {
    return region(cityCode);
  }

  @FieldResolver(() => RegionStub, { nullable: true, ...d('所属省级区划', 'Its province') })
  province(@Root() { provinceCode }: PrimarySchool): RegionStub | null {
    return region(provinceCode);
  }
}

/** How the gateway finds a school by its code. */
export const schoolReference = ({ code }: { code: string }, { loaders }: Context) =>
  loaders.school.load(code);
