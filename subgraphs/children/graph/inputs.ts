import { Field, InputType } from 'type-graphql';
import { d } from '../../../kernel/graph/describe.ts';
import type { DocumentKind } from '../../../kernel/rules/code-sets/document-kind.ts';
import type { GuardianRelation } from '../../../kernel/rules/code-sets/guardian-relation.ts';
import type { Sex } from '../../../kernel/rules/code-sets/sex.ts';
import type { NamedGuardian } from '../model.ts';
import type { NewChild } from '../rules/new-child.ts';
import { DocumentKindEnum, GuardianRelationEnum, SexEnum } from './enums.ts';

export const optional = { nullable: true, defaultValue: null };

@InputType('GuardianInput', d('监护人', 'A guardian'))
export class GuardianInput implements NamedGuardian {
  @Field(() => GuardianRelationEnum, d('与儿童的关系', 'What the guardian is to the child'))
  relation!: GuardianRelation;

  @Field(() => String, d('姓名，至多 100 字', 'The name, at most 100 characters'))
  name!: string;

  @Field(() => String, { ...optional, ...d('电话', 'The phone number') })
  phone!: string | null;
}

@InputType('ChildInput', d('待登记儿童', 'A child to register'))
export class ChildInput implements NewChild {
  @Field(
    () => String,
    d('姓名，与证件一致，至多 100 字', 'The name as on the document, at most 100 characters'),
  )
  name!: string;

  @Field(() => SexEnum, d('性别', 'Sex'))
  sex!: Sex;

  @Field(() => String, d('出生日期 YYYY-MM-DD', 'Date of birth, YYYY-MM-DD'))
  bornOn!: string;

  @Field(() => String, {
    defaultValue: 'CHN',
    ...d('国籍或地区（GB/T 2659 三字母）', 'Nationality, three letters of GB/T 2659'),
  })
  nationality!: string;

  @Field(() => String, { ...optional, ...d('民族代码（GB/T 3304）', 'Ethnic group, code of GB/T 3304') })
  ethnicity!: string | null;

  @Field(() => DocumentKindEnum, d('证件类型', 'The kind of the identity document'))
  documentKind!: DocumentKind;

  @Field(() => String, {
    ...optional,
    ...d('证件号码，暂无证件时为空', 'Its number; none where there is no document'),
  })
  documentNumber!: string | null;

  @Field(() => String, { ...optional, ...d('户籍区划代码', 'The region of the household, 6 digits') })
  householdRegion!: string | null;

  @Field(() => [GuardianInput], {
    defaultValue: [],
    ...d(
      '监护人，至多 4 名；暂无证件时至少 1 名',
      'At most 4 guardians; at least one where there is no document',
    ),
  })
  guardians!: GuardianInput[];
}

export const idempotencyKey = d('幂等键：重试时不变', 'The idempotency key: the same for every retry');
const institution = {
  ...optional,
  ...d('机构标识码，只能是本园，可省略', 'Your own institution by its code; may be left out'),
};

@InputType('RegisterChildInput', d('登记儿童', 'Registering one child'))
export class RegisterChildInput {
  @Field(() => String, idempotencyKey)
  idempotencyKey!: string;

  @Field(() => String, institution)
  institutionCode!: string | null;

  @Field(() => ChildInput, d('儿童', 'The child'))
  child!: ChildInput;
}

@InputType('RegisterChildrenInput', d('批量登记儿童', 'Registering many children'))
export class RegisterChildrenInput {
  @Field(() => String, idempotencyKey)
  idempotencyKey!: string;

  @Field(() => String, institution)
  institutionCode!: string | null;

  @Field(() => [ChildInput], d('儿童，至多 200 名', 'The children, at most 200'))
  items!: ChildInput[];
}
