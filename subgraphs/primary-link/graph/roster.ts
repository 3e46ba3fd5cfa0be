import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Access, Act } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import { ACTIONS } from '../../../kernel/rules/actions.ts';
import type { DocumentKind } from '../../../kernel/rules/code-sets/document-kind.ts';
import type { Sex } from '../../../kernel/rules/code-sets/sex.ts';
import { under } from '../../../kernel/rules/user-errors.ts';
import type { RosterDifference, RosterOutcome, RosterStatus, TakeOver } from '../model.ts';
import type { RosterEntry } from '../service/compare.ts';
import type { Context } from './context.ts';
import {
  DocumentKindEnum,
  RosterDifferenceEnum,
  RosterOutcomeEnum,
  RosterStatusEnum,
  SexEnum,
} from './enums.ts';
import { spend } from './quota.ts';
import { TakeOverType } from './take-over-types.ts';

@InputType('RosterEntryInput', d('花名册一行', 'One pupil as the school has it'))
class RosterEntryInput implements RosterEntry {
  @Field(() => String, {
    nullable: true,
    ...d('学籍号；与证件、接续至少填一', 'Its number; or a document, or a take-over'),
  })
  number?: string | null;

  @Field(() => DocumentKindEnum, { nullable: true, ...d('证件类型', 'The kind of its document') })
  documentKind?: DocumentKind | null;

  @Field(() => String, { nullable: true, ...d('证件号码', 'The whole number of the document') })
  documentNumber?: string | null;

  @Field(() => ID, {
    nullable: true,
    ...d(
      '接续：花名册上没有、而学籍已由本校接收的学生，状态填 INACTIVE',
      'The take-over of a record the school has, where the pupil is not on its roster; with the status INACTIVE',
    ),
  })
  takeOverId?: string | null;

  @Field(() => String, { nullable: true, ...d('姓名，空为不比对', 'The name; not compared where left out') })
  name?: string | null;

  @Field(() => SexEnum, { nullable: true, ...d('性别，空为不比对', 'Sex; not compared where left out') })
  sex?: Sex | null;

  @Field(() => LocalDate, {
    nullable: true,
    ...d('出生日期，空为不比对', 'The birth date; not compared where left out'),
  })
  bornOn?: string | null;

  @Field(() => RosterStatusEnum, d('在校状态', 'How the pupil stands there'))
  status!: RosterStatus;

  @Field(() => String, {
    nullable: true,
    ...d(
      '小学标识码；主管部门填，学校不填',
      'The school, by its code; for an authority. A school’s roster is its own',
    ),
  })
  school?: string | null;
}

@InputType('CompareRosterInput', d('比对花名册', 'A roster to be compared'))
class CompareRosterInput {
  @Field(() => String, d('幂等键：重试时不变', 'The idempotency key: the same for every retry'))
  idempotencyKey!: string;

  @Field(() => [RosterEntryInput], d('至多 500 行', 'At most 500 rows'))
  items!: RosterEntryInput[];
}

@Access(...ACTIONS.compareRoster)
@ObjectType('RosterComparison', { simpleResolvers: true, ...d('一行的比对结果', 'What came of one row') })
class RosterComparisonType {
  @Field(() => RosterOutcomeEnum, {
    nullable: true,
    ...d('结果，拒绝为空', 'What it came to; null where it was refused'),
  })
  outcome!: RosterOutcome | null;

  @Sized(4)
  @Field(
    () => [RosterDifferenceEnum],
    d(
      '可告知的差异；全部差异均已转有关幼儿园或区县立案',
      'The differences that concern you; each of them all is with the kindergarten or county in charge',
    ),
  )
  differences!: readonly RosterDifference[];

  @Field(() => TakeOverType, {
    nullable: true,
    ...d('该学籍的接续，与您有关的', 'Its take-over, where it is yours to see'),
  })
  takeOver!: TakeOver | null;

  @Field(() => [UserErrorType], d('拒绝理由，空为成功', 'Why not; empty when it was compared'))
  userErrors!: readonly UserErrorType[];
}

@Access(...ACTIONS.compareRoster)
@ObjectType('CompareRosterPayload', {
  simpleResolvers: true,
  ...d('花名册比对结果', 'What came of each row'),
})
class CompareRosterPayload {
  @Field(() => [RosterComparisonType], d('逐行结果，与输入同序', 'One result for each row, in order'))
  results!: readonly RosterComparisonType[];

  @Field(() => [UserErrorType], d('整个请求的拒绝理由', 'Why the request as a whole was refused'))
  userErrors!: readonly UserErrorType[];
}

@Resolver()
export class RosterComparisons {
  @Act('compareRoster')
  @Mutation(() => CompareRosterPayload, {
    nullable: true,
    ...d(
      '中小学花名册与学前学籍比对；同一差异只立一案，重复比对不重复立案',
      'Hold a K-12 roster against the records; each difference becomes one problem case, however often it is found',
    ),
  })
  async compareRoster(
    @Arg('input', () => CompareRosterInput, d('输入', 'The input'))
    { idempotencyKey, items }: CompareRosterInput,
    @Ctx() context: Context,
  ): Promise<CompareRosterPayload> {
    await spend(context, 'COMPARE', 'ROSTER', items.length);
    const { primaryLink, viewer, loaders } = context;
    const answer = await primaryLink.compareRoster(viewer, idempotencyKey, items);
    const found = answer.results.filter(({ takeOverId }) => takeOverId !== null).length;
    await primaryLink.uses.noteFound(context, 'COMPARE', found);
    const results = answer.results.map(async ({ outcome, differences, takeOverId, userErrors }, i) => ({
      ...{ outcome, differences, userErrors: under(['items', String(i)], userErrors) },
      takeOver: takeOverId === null ? null : await loaders.takeOver.load(takeOverId),
    }));
    return { results: await Promise.all(results), userErrors: answer.userErrors };
  }
}
