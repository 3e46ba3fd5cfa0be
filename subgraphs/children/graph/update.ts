import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Access, Act, CLERKS } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import type { DocumentKind } from '../../../kernel/rules/code-sets/document-kind.ts';
import type { Sex } from '../../../kernel/rules/code-sets/sex.ts';
import type { DetailChange } from '../rules/changing.ts';
import type { Child } from '../model.ts';
import type { Context } from './context.ts';
import { DocumentKindEnum, SexEnum } from './enums.ts';
import { GuardianInput, idempotencyKey, optional } from './inputs.ts';
import { ChildType } from './types.ts';

/** Key information is accepted here only to be answered with the act it belongs to. */
const key = (zh: string, en: string) => ({
  ...optional,
  ...d(
    `${zh}：关键信息，须用 requestCorrection 更正`,
    `${en}: key information, ask requestCorrection instead`,
  ),
});

@InputType(
  'UpdateChildInput',
  d('变更一般信息，空为不变', 'Other information stated anew; null is unchanged'),
)
export class UpdateChildInput implements DetailChange {
  @Field(() => String, idempotencyKey)
  idempotencyKey!: string;

  @Field(() => ID, d('本园在籍儿童', 'A child your kindergarten holds, by its opaque id'))
  childId!: string;

  @Field(() => String, {
    ...optional,
    ...d('国籍或地区（GB/T 2659 三字母）', 'Nationality, three letters of GB/T 2659'),
  })
  nationality!: string | null;

  @Field(() => String, { ...optional, ...d('民族代码（GB/T 3304）', 'Ethnic group, code of GB/T 3304') })
  ethnicity!: string | null;

  @Field(() => String, { ...optional, ...d('户籍区划代码', 'The region of the household, 6 digits') })
  householdRegion!: string | null;

  @Field(() => [GuardianInput], {
    ...optional,
    ...d(
      '本园登记的全部监护人；电话可照脱敏形式填回，即为不变',
      'All guardians, as your list shall be; a phone sent back as it is shown, masked, stays as it is',
    ),
  })
  guardians!: GuardianInput[] | null;

  @Field(() => String, key('姓名', 'The name'))
  name!: string | null;

  @Field(() => SexEnum, key('性别', 'Sex'))
  sex!: Sex | null;

  @Field(() => String, key('出生日期', 'Date of birth'))
  bornOn!: string | null;

  @Field(() => DocumentKindEnum, key('证件类型', 'The kind of the document'))
  documentKind!: DocumentKind | null;

  @Field(() => String, key('证件号码', 'The number of the document'))
  documentNumber!: string | null;
}

@Access(...CLERKS)
@ObjectType('UpdateChildPayload', { simpleResolvers: true, ...d('变更结果', 'What came of it') })
class UpdateChildPayload {
  @Field(() => ChildType, { nullable: true, ...d('变更后的儿童', 'The child as it is now') })
  child!: Child | null;

  @Field(() => [UserErrorType], d('提示，不影响变更', 'Warnings; they do not stand in the way'))
  warnings!: readonly UserErrorType[];

  @Field(() => [UserErrorType], d('拒绝理由，空为成功', 'Why not; empty when it was done'))
  userErrors!: readonly UserErrorType[];
}

@Resolver()
export class ChildUpdates {
  @Act('updateChild')
  @Mutation(() => UpdateChildPayload, {
    nullable: true,
    ...d(
      '变更本园在籍儿童的一般信息，即时生效并留存历史',
      'Change other information of a child you hold; it takes effect at once and the history keeps what was',
    ),
  })
  async updateChild(
    @Arg('input', () => UpdateChildInput, d('输入', 'The input')) input: UpdateChildInput,
    @Ctx() { children, loaders, viewer }: Context,
  ): Promise<UpdateChildPayload> {
    const { idempotencyKey, childId, ...change } = input;
    const answer = await children.updateChild(viewer, idempotencyKey, childId, change);
    const child = answer.childId === null ? null : await loaders.child.load(answer.childId);
    return { child, warnings: answer.warnings, userErrors: answer.userErrors };
  }
}
