import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Access, Act, CLERKS } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import type { ProblemAnswer, ProblemKind, ProblemRuling } from '../model.ts';
import type { ProblemAnswering, ProblemArbitration } from '../service/act-on-problem.ts';
import type { BatchAnswer } from '../service/deps.ts';
import type { NewProblem, ProblemDone } from '../service/open-problem-cases.ts';
import type { Context } from './context.ts';
import { ProblemAnswerEnum, ProblemKindEnum, ProblemRulingEnum } from './enums.ts';
import { EvidenceInput } from './evidence.ts';
import { ProblemCaseType, type SeenProblem } from './problem-types.ts';

const key = d('幂等键：重试时不变', 'The idempotency key: the same for every retry');
const input = d('输入', 'The input');
const statement = d('说明，至多 200 字', 'In words, at most 200 characters');
const evidence = d('佐证', 'Evidence');
const problem = d('问题学籍', 'The problem case');

@InputType('OpenProblemCaseInput', d('列为问题学籍', 'Opening a problem case'))
class OpenProblemCaseInput implements NewProblem {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => ProblemKindEnum, d('种类', 'What is suspected'))
  kind!: ProblemKind;

  @Field(() => ID, d('学籍', 'The record'))
  recordId!: string;

  @Field(() => ID, { nullable: true, ...d('相关的另一份学籍', 'The record beside it') })
  otherRecordId?: string | null;

  @Field(() => String, { nullable: true, ...statement })
  statement?: string | null;

  @Field(() => [EvidenceInput], evidence)
  evidence!: EvidenceInput[];
}

@InputType('AnswerProblemCaseInput', d('答复问题学籍', 'Answering a problem case'))
class AnswerProblemCaseInput {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => ID, problem)
  problemCaseId!: string;

  @Field(
    () => ProblemAnswerEnum,
    d('答复；佐证至少一份材料', 'The answer; EVIDENCE needs at least one paper'),
  )
  answer!: ProblemAnswer;

  @Field(() => String, { nullable: true, ...statement })
  statement?: string | null;

  @Field(() => [EvidenceInput], evidence)
  evidence!: EvidenceInput[];
}

@InputType('ArbitrateProblemCaseInput', d('裁定问题学籍', 'Arbitrating a problem case'))
class ArbitrateProblemCaseInput implements ProblemArbitration {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => ID, problem)
  problemCaseId!: string;

  @Field(() => ProblemRulingEnum, d('裁定', 'The ruling'))
  ruling!: ProblemRuling;

  @Field(() => String, d('理由，至多 200 字', 'Why, at most 200 characters'))
  reason!: string;
}

function payload(name: string) {
  @Access(...CLERKS)
  @ObjectType(`${name}Payload`, { simpleResolvers: true, ...d('办理结果', 'What came of it') })
  class Payload {
    @Field(() => ProblemCaseType, { nullable: true, ...d('问题学籍', 'The case as it is now') })
    problemCase!: SeenProblem | null;

    @Field(() => [UserErrorType], d('拒绝理由，空为成功', 'Why not; empty when it was done'))
    userErrors!: readonly UserErrorType[];
  }
  return Payload;
}
const OpenProblemCasePayload = payload('OpenProblemCase');
const AnswerProblemCasePayload = payload('AnswerProblemCase');
const ArbitrateProblemCasePayload = payload('ArbitrateProblemCase');

async function shown({ loaders }: Context, { results, userErrors }: BatchAnswer<ProblemDone>) {
  const [done] = results;
  if (!done) return { problemCase: null, userErrors };
  const { problemCaseId: id } = done;
  if (id === null) return { problemCase: null, userErrors: done.userErrors };
  loaders.stepsOf.clear(id);
  return { problemCase: await loaders.problemCase.clear(id).load(id), userErrors: done.userErrors };
}

@Resolver()
export class ProblemMutations {
  @Act('openProblemCase')
  @Mutation(() => OpenProblemCasePayload, {
    nullable: true,
    ...d(
      '列为问题学籍，由所在幼儿园先行答复',
      'Open a problem case; the kindergarten that has the record answers first',
    ),
  })
  async openProblemCase(
    @Arg('input', () => OpenProblemCaseInput, input) { idempotencyKey, ...item }: OpenProblemCaseInput,
    @Ctx() context: Context,
  ) {
    return shown(context, await context.records.openProblemCases(context.viewer, idempotencyKey, [item]));
  }

  @Act('answerProblemCase')
  @Mutation(() => AnswerProblemCasePayload, {
    nullable: true,
    ...d('答复问题学籍：佐证、变更或删除', 'Answer a problem case: evidence, correction or withdrawal'),
  })
  async answerProblemCase(
    @Arg('input', () => AnswerProblemCaseInput, input) { idempotencyKey, ...said }: AnswerProblemCaseInput,
    @Ctx() context: Context,
  ) {
    const item: ProblemAnswering = { ...said, statement: said.statement ?? null };
    return shown(context, await context.records.answerProblemCase(context.viewer, idempotencyKey, item));
  }

  @Act('arbitrateProblemCase')
  @Mutation(() => ArbitrateProblemCasePayload, {
    nullable: true,
    ...d('裁定问题学籍，或报上级', 'Rule on a problem case, or refer it to the authority above'),
  })
  async arbitrateProblemCase(
    @Arg('input', () => ArbitrateProblemCaseInput, input)
    { idempotencyKey, ...item }: ArbitrateProblemCaseInput,
    @Ctx() context: Context,
  ) {
    return shown(context, await context.records.arbitrateProblemCase(context.viewer, idempotencyKey, item));
  }
}
