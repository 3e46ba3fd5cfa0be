import {
  Arg,
  Ctx,
  Directive,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import { Access } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { fault } from '../../../kernel/graph/faults.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import { Sized, SizedBy } from '../../../kernel/graph/sizes.ts';
import type { DocumentKind } from '../../../kernel/rules/code-sets/document-kind.ts';
import type { Sex } from '../../../kernel/rules/code-sets/sex.ts';
import type { Correction } from '../rules/correcting.ts';
import type { Child } from '../model.ts';
import type { Context } from './context.ts';
import { DocumentKindEnum, SexEnum } from './enums.ts';
import { idempotencyKey, optional } from './inputs.ts';
import { ChildType } from './types.ts';

const MAX = 200;

/** For neighbours only: clients ask the neighbour that decides about corrections. */
@Directive('@inaccessible')
@InputType('CorrectionInput', d('关键信息更正（子图间）', 'A correction of key information, for neighbours'))
class CorrectionInput implements Correction {
  @Field(() => ID, d('儿童', 'The child, by its opaque id'))
  childId!: string;

  @Field(() => String, { ...optional, ...d('姓名，空为不变', 'The name; null is unchanged') })
  name!: string | null;

  @Field(() => SexEnum, { ...optional, ...d('性别，空为不变', 'Sex; null is unchanged') })
  sex!: Sex | null;

  @Field(() => String, {
    ...optional,
    ...d('出生日期 YYYY-MM-DD，空为不变', 'Date of birth, YYYY-MM-DD; null is unchanged'),
  })
  bornOn!: string | null;

  @Field(() => DocumentKindEnum, {
    ...optional,
    ...d('证件类型，与号码一同替换证件', 'With the number it replaces the document; null is unchanged'),
  })
  documentKind!: DocumentKind | null;

  @Field(() => String, { ...optional, ...d('证件号码', 'The number of the document') })
  documentNumber!: string | null;

  @Field(() => [ID], {
    ...optional,
    ...d(
      '已注销重复学籍的儿童，其证件归本儿童',
      'Children of cancelled duplicates, whose document is this child’s',
    ),
  })
  duplicates?: string[] | null;
}

@Directive('@inaccessible')
@InputType('CorrectChildInput', d('执行更正（子图间）', 'Carrying out a decided correction, for neighbours'))
class CorrectChildInput {
  @Field(() => String, idempotencyKey)
  idempotencyKey!: string;

  @Field(() => CorrectionInput, d('更正内容', 'The correction'))
  correction!: CorrectionInput;

  @Field(() => ID, d('据以更正的申请', 'The application it was decided on'))
  applicationId!: string;

  @Field(() => String, d('审批人', 'The account that decided'))
  decidedBy!: string;

  @Field(() => String, d('申请机构的机构标识码', 'The institution that applied, by its code'))
  institutionCode!: string;
}

@Access('SERVICE')
@Directive('@inaccessible')
@ObjectType('CorrectionFaults', {
  simpleResolvers: true,
  ...d('更正的拒绝理由（子图间）', 'What speaks against a correction now, for neighbours'),
})
class CorrectionFaults {
  @Field(() => [UserErrorType], d('拒绝理由，空为可更正', 'Why not; empty when it could be carried out'))
  userErrors!: readonly UserErrorType[];
}

@Access('SERVICE')
@Directive('@inaccessible')
@ObjectType('CorrectChildPayload', {
  simpleResolvers: true,
  ...d('更正结果（子图间）', 'What came of a correction, for neighbours'),
})
class CorrectChildPayload {
  @Field(() => ChildType, { nullable: true, ...d('更正后的儿童', 'The child as it is now') })
  child!: Child | null;

  @Field(() => [UserErrorType], d('拒绝理由，空为成功', 'Why not; empty when it was done'))
  userErrors!: readonly UserErrorType[];
}

@Resolver()
export class Corrections {
  @Access('SERVICE')
  @Directive('@inaccessible')
  @Sized(200)
  @SizedBy({ argument: 'items' })
  @Query(() => [CorrectionFaults], {
    nullable: true,
    ...d('逐项预检更正（子图间）', 'What speaks against each correction now, in order, for neighbours'),
  })
  async correctionFaults(
    @Arg('items', () => [CorrectionInput], d('至多 200 项', 'At most 200 corrections'))
    items: CorrectionInput[],
    @Ctx() { children }: Context,
  ): Promise<CorrectionFaults[]> {
    if (items.length > MAX)
      throw fault('BAD_USER_INPUT', `至多 ${MAX} 项。`, `At most ${MAX} items, ${items.length} came.`);
    return (await children.judgeCorrections(items)).map(({ userErrors }) => ({ userErrors }));
  }

  @Access('SERVICE')
  @Directive('@inaccessible')
  @Mutation(() => CorrectChildPayload, {
    nullable: true,
    ...d('执行已审批的更正（子图间）', 'Carry out a decided correction once, for neighbours'),
  })
  async correctChild(
    @Arg('input', () => CorrectChildInput, d('输入', 'The input')) input: CorrectChildInput,
    @Ctx() { children, loaders, viewer }: Context,
  ): Promise<CorrectChildPayload> {
    const { idempotencyKey, ...order } = input;
    const { childId, userErrors } = await children.correctChild(viewer, idempotencyKey, order);
    return { child: childId === null ? null : await loaders.child.load(childId), userErrors };
  }
}
