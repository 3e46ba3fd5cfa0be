/** How the institutions subgraph tells its neighbours what became of an institution: one form for all of them. */
import { Directive, Field, ID, InputType, Int } from 'type-graphql';
import type { Ownership } from '../rules/code-sets/ownership.ts';
import type { UrbanRural } from '../rules/code-sets/urban-rural.ts';
import { d } from './describe.ts';

@Directive('@inaccessible')
@InputType(
  'ChangedSeatInput',
  d('变更后的机构（子图间）', 'Where its children are afterwards, for neighbours'),
)
export class ChangedSeatInput {
  @Field(() => ID, d('机构内部标识', 'The institution, by its opaque id'))
  institutionId!: string;

  @Field(() => String, d('机构标识码', 'Its code'))
  institutionCode!: string;

  @Field(() => Int, d('变更时该机构的版本', 'The version it had when the change was made'))
  seq!: number;

  @Field(() => String, d('所属省级代码', 'Its province'))
  provinceCode!: string;

  @Field(() => String, { nullable: true, defaultValue: null, ...d('所属地级代码', 'Its city') })
  cityCode!: string | null;

  @Field(() => String, d('所属县级代码', 'Its county'))
  countyCode!: string;

  @Field(() => String, d('办园性质', 'Public or private'))
  ownership!: Ownership;

  @Field(() => String, d('城乡类型', 'Urban, town or rural'))
  urbanRural!: UrbanRural;
}

@Directive('@inaccessible')
@InputType('InstitutionChangeInput', d('机构变更（子图间）', 'What became of an institution, for neighbours'))
export class InstitutionChangeInput {
  @Field(() => ID, d('变更标识', 'The change, by its opaque id'))
  id!: string;

  @Field(() => ID, d('机构内部标识', 'The institution, by its opaque id'))
  institutionId!: string;

  @Field(() => String, d('机构标识码', 'Its code'))
  institutionCode!: string;

  @Field(() => Int, d('该机构变更的先后', 'Its place among the changes of this institution'))
  seq!: number;

  @Field(() => String, d('种类：RENAMED MOVED MERGED STATUS', 'RENAMED, MOVED, MERGED or STATUS'))
  kind!: string;

  @Field(() => String, d('生效日期', 'From which day on'))
  on!: string;

  @Field(() => String, d('办理账号', 'Who did it'))
  account!: string;

  @Field(() => ChangedSeatInput, d('变更后的机构', 'Where its children are afterwards'))
  to!: ChangedSeatInput;
}
