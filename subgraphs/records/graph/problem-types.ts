import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { Access, CLERKS } from '../../../kernel/graph/access.ts';
import { connectionOf } from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import { DateTime, LocalDate } from '../../../kernel/graph/scalars.ts';
import type { ProblemAnswered, ProblemCase, ProblemWords } from '../model.ts';
import { problemHolder, readsProblem } from '../rules/problem-cases.ts';
import type { KnownProblem } from '../service/act-on-problem.ts';
import type { Context } from './context.ts';
import {
  ApplicationTaskEnum,
  ProblemAnswerEnum,
  ProblemKindEnum,
  ProblemRulingEnum,
  ProblemStateEnum,
} from './enums.ts';
import { EvidenceType } from './evidence.ts';
import { HolderType, holderType } from './holder.ts';
import { ApplicationStepType } from './steps.ts';
import { RecordType } from './types.ts';

/** A case as the graph carries it, with the records it is about. */
export interface SeenProblem extends ProblemCase {
  readonly of: KnownProblem;
}
export const seenProblem = (of: KnownProblem): SeenProblem => ({ ...of.problem, of });

@Access(...CLERKS)
@ObjectType('ProblemWords', { simpleResolvers: true, ...d('反映的情况', 'What was said when it was opened') })
class ProblemWordsType implements ProblemWords {
  @Field(() => String, { nullable: true, ...d('说明', 'In words, if anything') })
  statement!: string | null;

  @Sized(3)
  @Field(() => [EvidenceType], d('佐证', 'The evidence'))
  evidence!: readonly EvidenceType[];
}

@Access(...CLERKS)
@ObjectType('ProblemAnswered', {
  simpleResolvers: true,
  ...d('幼儿园的答复', 'What the kindergarten answered'),
})
class ProblemAnsweredType extends ProblemWordsType implements Omit<ProblemAnswered, 'account'> {
  @Field(() => ProblemAnswerEnum, d('答复', 'The answer'))
  answer!: ProblemAnswered['answer'];

  @Field(() => LocalDate, d('答复日期', 'The day of the answer'))
  on!: string;
}

@Access(...CLERKS, 'SERVICE')
@Directive('@key(fields: "id")')
@ObjectType('ProblemCase', {
  simpleResolvers: true,
  ...d('问题学籍', 'A suspected fault of a record: answered by its kindergarten, arbitrated by an authority'),
})
export class ProblemCaseType implements Pick<
  ProblemCase,
  'id' | 'kind' | 'state' | 'task' | 'dueOn' | 'ruling'
> {
  @Field(() => ID, d('内部标识', 'Its opaque id'))
  id!: string;

  @Field(() => ProblemKindEnum, d('种类', 'What is suspected'))
  kind!: ProblemCase['kind'];

  @Field(() => ProblemStateEnum, d('状态', 'Where it stands'))
  state!: ProblemCase['state'];

  @Field(() => ApplicationTaskEnum, {
    nullable: true,
    ...d('待办事项', 'What is to be done; null once it is resolved'),
  })
  task!: ProblemCase['task'];

  @Field(() => LocalDate, d('期限', 'The last day on which the present step is in time'))
  dueOn!: string;

  @Field(() => Boolean, d('期限是否暂定', 'Whether that day may still move, for want of a holiday notice'))
  dueProvisional!: boolean;

  @Field(() => DateTime, d('发现时间', 'When it was opened'))
  openedAt!: Date;

  @Field(() => ProblemRulingEnum, {
    nullable: true,
    ...d(
      '裁定；须变更、须注销的，执行后方办结',
      'How an authority has ruled; with CORRECT and CANCEL the case stays open until that is done',
    ),
  })
  ruling!: ProblemCase['ruling'];

  @Field(() => DateTime, { nullable: true, ...d('裁定时间', 'When an authority ruled') })
  decidedAt!: Date | null;
}

const reads = ({ of, ...problem }: SeenProblem, { viewer }: Context) =>
  readsProblem(problem, of.record, viewer);

@Resolver(() => ProblemCaseType)
export class ProblemCaseFields {
  @FieldResolver(() => RecordType, { nullable: true, ...d('学籍', 'The record it is about') })
  record(@Root() { recordId }: SeenProblem, @Ctx() { loaders }: Context) {
    return loaders.record.load(recordId);
  }

  @FieldResolver(() => RecordType, {
    nullable: true,
    ...d('相关的另一份学籍；不在管辖范围的为空', 'The record beside it; null where it is not the viewer’s'),
  })
  otherRecord(@Root() { otherRecordId }: SeenProblem, @Ctx() { loaders }: Context) {
    return otherRecordId === null ? null : loaders.record.load(otherRecordId);
  }

  @Access(...CLERKS)
  @FieldResolver(() => HolderType, {
    nullable: true,
    ...d('正在办理的一方', 'Whose turn it is; it follows the record'),
  })
  holder(@Root() { holderLevel, of }: SeenProblem): HolderType | null {
    return holderLevel === null ? null : holderType(problemHolder(holderLevel, of.record));
  }

  @Access(...CLERKS)
  @Sized(8)
  @FieldResolver(() => [ApplicationStepType], d('办理环节', 'Its steps, in order'))
  steps(@Root() { id }: SeenProblem, @Ctx() { loaders }: Context) {
    return loaders.stepsOf.load(id);
  }

  @FieldResolver(() => String, {
    nullable: true,
    ...d(
      '发现者账号；县级以上仅办理时可见',
      'The account that opened it; above the county for whose turn it is',
    ),
  })
  openedBy(@Root() problem: SeenProblem, @Ctx() context: Context): string | null {
    return reads(problem, context) ? problem.openedBy : null;
  }

  @Access(...CLERKS)
  @FieldResolver(() => ProblemWordsType, {
    nullable: true,
    ...d(
      '反映的情况；县级以上仅办理时可见',
      'What was said when it was opened; above the county for whose turn it is',
    ),
  })
  opened(@Root() problem: SeenProblem, @Ctx() context: Context): ProblemWordsType | null {
    return reads(problem, context) ? problem.opened : null;
  }

  @Access(...CLERKS)
  @FieldResolver(() => ProblemAnsweredType, {
    nullable: true,
    ...d('幼儿园的答复；县级以上仅办理时可见', 'The answer; above the county for whose turn it is'),
  })
  answered(@Root() problem: SeenProblem, @Ctx() context: Context): ProblemAnsweredType | null {
    return reads(problem, context) ? problem.answered : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    ...d('裁定理由；县级以上仅办理者可见', 'The reason of the ruling; above the county for who ruled'),
  })
  reason(@Root() problem: SeenProblem, @Ctx() context: Context): string | null {
    return reads(problem, context) ? problem.reason : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    ...d('裁定账号：谁审批谁负责', 'The account that ruled: who rules is who answers'),
  })
  decidedBy(@Root() problem: SeenProblem, @Ctx() context: Context): string | null {
    return reads(problem, context) ? problem.decidedBy : null;
  }
}

export const ProblemCaseConnection = connectionOf(ProblemCaseType, 'ProblemCase', CLERKS);
