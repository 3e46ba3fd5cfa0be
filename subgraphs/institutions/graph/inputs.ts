import { Field, InputType, Int } from 'type-graphql';
import { d } from '../../../kernel/graph/describe.ts';
import type { ClassLevel } from '../../../kernel/rules/code-sets/class-level.ts';
import type { Founder } from '../../../kernel/rules/code-sets/founder.ts';
import type { InstitutionKind } from '../../../kernel/rules/code-sets/institution-kind.ts';
import type { NewClass, NewInstitution } from '../rules/opening.ts';
import { ClassLevelEnum, FounderEnum, InstitutionKindEnum } from './enums.ts';

@InputType('InstitutionInput', d('新设机构', 'An institution to open'))
export class InstitutionInput implements NewInstitution {
  @Field(() => String, d('10 位机构标识码', 'Its 10-digit institution code'))
  code!: string;

  @Field(() => String, d('名称，至多 100 字', 'Its name, at most 100 characters'))
  name!: string;

  @Field(() => String, {
    nullable: true,
    defaultValue: null,
    ...d('统一社会信用代码', 'Its unified social credit code'),
  })
  creditCode!: string | null;

  @Field(() => InstitutionKindEnum, d('办学类型', 'Its kind'))
  kind!: InstitutionKind;

  @Field(() => FounderEnum, d('举办者', 'Who founded and keeps it'))
  founder!: Founder;

  @Field(() => Boolean, {
    defaultValue: false,
    ...d('是否认定为普惠性', 'Whether it is recognised as inclusive'),
  })
  inclusive!: boolean;

  @Field(() => String, d('城乡分类代码：111 112 121 122 123 210 220', 'Its 3-digit urban-rural class'))
  urbanRuralClass!: string;

  @Field(() => String, d('主管县级区划代码', 'The county in charge, 6 digits'))
  region!: string;

  @Field(() => String, d('设立日期 YYYY-MM-DD', 'When it opened, YYYY-MM-DD'))
  openedOn!: string;
}

@InputType('ClassInput', d('新设班级', 'A class to open'))
export class ClassInput implements NewClass {
  @Field(() => String, d('机构标识码', 'The institution, by its code'))
  institutionCode!: string;

  @Field(() => String, d('名称，至多 40 字', 'Its name, at most 40 characters'))
  name!: string;

  @Field(() => ClassLevelEnum, d('班级类型', 'Its level'))
  level!: ClassLevel;

  @Field(() => Int, d('学年（起始年份）', 'Its school year, by the year it begins in'))
  schoolYear!: number;
}

const key = d('幂等键：重试时不变', 'The idempotency key: the same for every retry');

@InputType('OpenInstitutionInput', d('设立机构', 'Opening one institution'))
export class OpenInstitutionInput {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => InstitutionInput, d('机构', 'The institution'))
  institution!: InstitutionInput;
}

@InputType('OpenInstitutionsInput', d('批量设立机构', 'Opening many institutions'))
export class OpenInstitutionsInput {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => [InstitutionInput], d('机构，至多 200 所', 'The institutions, at most 200'))
  items!: InstitutionInput[];
}

@InputType('OpenClassesInput', d('批量设立班级', 'Opening many classes'))
export class OpenClassesInput {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => [ClassInput], d('班级，至多 200 个', 'The classes, at most 200'))
  items!: ClassInput[];
}
