import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Access, CLERKS, EVERYBODY } from '../../../kernel/graph/access.ts';
import { connectionOf } from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { DateTime, LocalDate } from '../../../kernel/graph/scalars.ts';
import type { DocumentKind } from '../../../kernel/rules/code-sets/document-kind.ts';
import type { GuardianRelation } from '../../../kernel/rules/code-sets/guardian-relation.ts';
import type { Sex } from '../../../kernel/rules/code-sets/sex.ts';
import type { Child, Guardian, IdentityDocument } from '../model.ts';
import { DocumentKindEnum, GuardianRelationEnum, SexEnum } from './enums.ts';

@Access(...EVERYBODY)
@Directive('@key(fields: "code", resolvable: false)')
@ObjectType('Region', { simpleResolvers: true, ...d('行政区划', 'A region of the dated tree') })
export class RegionStub {
  @Field(() => String, d('6 位代码（GB/T 2260）', 'Its 6-digit code (GB/T 2260)'))
  code!: string;
}

@Access(...EVERYBODY)
@Directive('@key(fields: "code", resolvable: false)')
@ObjectType('Institution', {
  simpleResolvers: true,
  ...d('幼儿园等学前教育机构', 'A kindergarten or other preschool institution'),
})
export class InstitutionStub {
  @Field(() => String, d('10 位机构标识码', 'Its 10-digit institution code'))
  code!: string;
}

@Access(...CLERKS, 'SERVICE')
@Directive('@key(fields: "id")')
@ObjectType('Child', { simpleResolvers: true, ...d('学前儿童', 'A child, the person a record belongs to') })
export class ChildType implements Pick<Child, 'id' | 'sex' | 'bornOn' | 'registeredAt'> {
  @Field(() => ID, d('内部标识', 'Its opaque id'))
  id!: string;

  @Field(() => SexEnum, d('性别', 'Sex'))
  sex!: Sex;

  @Field(() => LocalDate, d('出生日期', 'Date of birth'))
  bornOn!: string;

  @Field(() => DateTime, d('登记时间', 'When it was registered'))
  registeredAt!: Date;
}

@Access(...CLERKS)
@ObjectType('IdentityDocument', {
  simpleResolvers: true,
  ...d('身份证件', 'A document the child is recognised by'),
})
export class IdentityDocumentType implements Pick<IdentityDocument, 'kind' | 'issuedBy'> {
  @Field(() => DocumentKindEnum, d('证件类型', 'Its kind'))
  kind!: DocumentKind;

  @Field(() => String, { nullable: true, ...d('签发机关', 'Who issued it') })
  issuedBy!: string | null;
}

@Access(...CLERKS)
@ObjectType('Guardian', { simpleResolvers: true, ...d('监护人', 'A guardian of the child') })
export class GuardianType implements Pick<Guardian, 'relation'> {
  @Field(() => GuardianRelationEnum, d('与儿童的关系', 'What the guardian is to the child'))
  relation!: GuardianRelation;
}

export const ChildConnection = connectionOf(ChildType, 'Child', CLERKS);
