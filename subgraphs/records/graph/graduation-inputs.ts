import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import type { GraduationRun } from '../model.ts';
import type { Exclusion } from '../rules/graduation.ts';
import type { NewGraduation } from '../service/freeze-graduation.ts';
import type { Graduating } from '../service/graduate.ts';
import type { UndoingGraduation } from '../service/undo-graduation.ts';
import { GRADUATORS, GraduationRunType } from './graduation-types.ts';

const key = d('幂等键：重试时不变', 'The idempotency key: the same for every retry');
const run = d('毕业办理', 'The graduation, by its id');

@InputType('GraduationExclusionInput', d('从毕业名单排除一名儿童', 'One child to leave out of a graduation'))
export class GraduationExclusionInput implements Exclusion {
  @Field(() => ID, d('学籍', 'The record'))
  recordId!: string;

  @Field(() => String, d('理由，至多 200 字', 'Why, at most 200 characters'))
  reason!: string;
}

@InputType('FreezeGraduationInput', d('冻结毕业名单', 'Freezing the list of a graduation'))
export class FreezeGraduationInput implements NewGraduation {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => String, d('机构标识码', 'The institution, by its code'))
  institutionCode!: string;

  @Field(() => Int, d('学年（起始年份）', 'The school year that ends, by the year it started in'))
  schoolYear!: number;

  @Field(() => [GraduationExclusionInput], {
    defaultValue: [],
    ...d('排除的儿童及理由', 'Children to leave out, and why'),
  })
  exclude!: GraduationExclusionInput[];
}

@InputType('GraduateInput', d('办理毕业', 'Graduating a frozen list'))
export class GraduateInput implements Graduating {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => ID, run)
  runId!: string;

  @Field(
    () => String,
    d(
      '毕业首日 YYYY-MM-DD：自该日起不在园，不早于学期最后一天',
      'The first day the graduates are no longer there, YYYY-MM-DD; not before the last day of the term',
    ),
  )
  on!: string;
}

@InputType('UndoGraduationInput', d('撤销毕业', 'Taking a graduation back'))
export class UndoGraduationInput implements UndoingGraduation {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => ID, run)
  runId!: string;

  @Field(() => String, { nullable: true, ...d('理由，至多 200 字', 'Why, at most 200 characters') })
  reason?: string | null;
}

export interface RunPayload {
  readonly run: GraduationRun | null;
  readonly userErrors: readonly UserErrorType[];
}

function runPayload(name: string) {
  @Access(...GRADUATORS)
  @ObjectType(`${name}Payload`, { simpleResolvers: true, ...d('办理结果', 'What came of it') })
  class Payload implements RunPayload {
    @Field(() => GraduationRunType, { nullable: true, ...d('毕业办理', 'The graduation as it is now') })
    run!: GraduationRun | null;

    @Field(() => [UserErrorType], d('拒绝理由，空为成功', 'Why not; empty when it was done'))
    userErrors!: readonly UserErrorType[];
  }
  return Payload;
}

export const FreezeGraduationPayload = runPayload('FreezeGraduation');
export const GraduatePayload = runPayload('Graduate');
export const UndoGraduationPayload = runPayload('UndoGraduation');
