import { Arg, Ctx, Directive, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Access } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import { under } from '../../../kernel/rules/user-errors.ts';
import type { ProblemKind } from '../model.ts';
import type { NewProblem } from '../service/open-problem-cases.ts';
import type { Context } from './context.ts';
import { ProblemKindEnum } from './enums.ts';
import { EvidenceInput } from './evidence.ts';

const key = d('幂等键：重试时不变', 'The idempotency key: the same for every retry');
const input = d('输入', 'The input');

@Directive('@inaccessible')
@InputType('ReportedProblemInput', d('邻接子图发现的问题（子图间）', 'A fault a neighbour has found'))
class ReportedProblemInput implements NewProblem {
  @Field(
    () => String,
    d(
      '同一问题每次上报不变，至多 100 字',
      'The same for every report of the same fault, at most 100 characters',
    ),
  )
  key!: string;

  @Field(() => ProblemKindEnum, d('种类', 'What is suspected'))
  kind!: ProblemKind;

  @Field(() => ID, d('学籍', 'The record'))
  recordId!: string;

  @Field(() => ID, { nullable: true, ...d('相关的另一份学籍', 'The record beside it') })
  otherRecordId?: string | null;

  @Field(() => String, { nullable: true, ...d('说明，至多 200 字', 'In words, at most 200 characters') })
  statement?: string | null;

  @Field(() => [EvidenceInput], d('佐证', 'Evidence'))
  evidence!: EvidenceInput[];
}

@Directive('@inaccessible')
@InputType('ReportProblemCasesInput', d('上报问题学籍（子图间）', 'Faults found, for neighbours'))
class ReportProblemCasesInput {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => [ReportedProblemInput], d('至多 200 项', 'At most 200'))
  items!: ReportedProblemInput[];
}

@Access('SERVICE')
@Directive('@inaccessible')
@ObjectType('ReportedProblem', {
  simpleResolvers: true,
  ...d('上报结果（子图间）', 'What came of one report, for neighbours'),
})
class ReportedProblem {
  @Field(() => ID, {
    nullable: true,
    ...d('问题学籍', 'The case; the one there was, where it was reported before'),
  })
  problemCaseId!: string | null;

  @Field(() => [UserErrorType], d('拒绝理由', 'Why not'))
  userErrors!: readonly UserErrorType[];
}

@Access('SERVICE')
@Directive('@inaccessible')
@ObjectType('ReportProblemCasesPayload', {
  simpleResolvers: true,
  ...d('上报结果（子图间）', 'What came of each, for neighbours'),
})
class ReportProblemCasesPayload {
  @Field(() => [ReportedProblem], d('逐项结果，与输入同序', 'One result for each item, in order'))
  results!: readonly ReportedProblem[];

  @Field(() => [UserErrorType], d('整个请求的拒绝理由', 'Why the request as a whole was refused'))
  userErrors!: readonly UserErrorType[];
}

@Resolver()
export class ProblemReports {
  @Access('SERVICE')
  @Directive('@inaccessible')
  @Mutation(() => ReportProblemCasesPayload, {
    nullable: true,
    ...d(
      '上报问题学籍，同键只立一案（子图间）',
      'Open cases for faults a neighbour found, one for each key; for neighbours',
    ),
  })
  async reportProblemCases(
    @Arg('input', () => ReportProblemCasesInput, input) { idempotencyKey, items }: ReportProblemCasesInput,
    @Ctx() { records, viewer }: Context,
  ): Promise<ReportProblemCasesPayload> {
    const answer = await records.openProblemCases(viewer, idempotencyKey, items);
    const results = answer.results.map(({ problemCaseId, userErrors }, i) => ({
      problemCaseId,
      userErrors: under(['items', String(i)], userErrors),
    }));
    return { results, userErrors: answer.userErrors };
  }
}
