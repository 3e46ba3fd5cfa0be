import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access } from '../../../kernel/graph/access.ts';
import { connectionOf } from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { enumOf } from '../../../kernel/graph/enums.ts';
import { DateTime, LocalDate } from '../../../kernel/graph/scalars.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import {
  GRADUATION_ROW_STATE,
  GRADUATION_RUN_STATE,
  type GraduationRow,
  type GraduationRowState,
  type GraduationRun,
  type GraduationRunState,
} from '../model.ts';
import type { Candidate } from '../service/list-graduates.ts';

/** Who has to do with a graduation: the kindergarten that performs it, the county that may take it back. */
export const GRADUATORS = ['KINDERGARTEN', 'COUNTY'] as const;

export const GraduationRunStateEnum = enumOf(
  'GraduationRunState',
  '毕业名单状态',
  'Where a graduation stands',
  GRADUATION_RUN_STATE,
);
export const GraduationRowStateEnum = enumOf(
  'GraduationRowState',
  '毕业名单中一名儿童的状态',
  'What has become of one child of a graduation',
  GRADUATION_ROW_STATE,
);

@Access(...GRADUATORS)
@ObjectType('GraduationCandidate', {
  simpleResolvers: true,
  ...d('毕业预览：一名在园儿童', 'One child of a kindergarten: would it graduate?'),
})
export class GraduationCandidateType implements Pick<Candidate, 'id'> {
  @Field(() => ID, d('现在园信息的标识', 'The id of its open placement'))
  id!: string;

  @Field(() => Boolean, d('是否毕业', 'Whether it would graduate'))
  graduates!: boolean;

  @Field(() => [UserErrorType], d('不能毕业的理由，空为毕业', 'Why it would not; empty when it would'))
  reasons!: readonly UserErrorType[];
}

@Access(...GRADUATORS)
@ObjectType('GraduationRun', {
  simpleResolvers: true,
  ...d('毕业办理：冻结的名单及其结果', 'A graduation: its frozen list and what came of it'),
})
export class GraduationRunType implements Omit<
  GraduationRun,
  'institutionId' | 'institutionCode' | 'provinceCode' | 'cityCode' | 'countyCode' | 'onDay' | 'version'
> {
  @Field(() => ID, d('内部标识', 'Its opaque id'))
  id!: string;

  @Field(() => Int, d('学年（起始年份）', 'The school year, by the year it starts in'))
  schoolYear!: number;

  @Field(() => GraduationRunStateEnum, d('状态', 'Where it stands'))
  state!: GraduationRunState;

  @Field(
    () => LocalDate,
    d('学期最后一天：毕业不得早于该日', 'The last day of the term; nobody graduates before it'),
  )
  termEndsOn!: string;

  @Field(() => DateTime, d('冻结时间', 'When the list was frozen'))
  frozenAt!: Date;

  @Field(() => String, d('冻结账号', 'By which account'))
  frozenBy!: string;

  @Field(() => DateTime, { nullable: true, ...d('办理时间，未办为空', 'When it was done, if it is') })
  ranAt!: Date | null;

  @Field(() => String, { nullable: true, ...d('办理账号', 'By which account') })
  ranBy!: string | null;

  @Field(() => LocalDate, {
    nullable: true,
    ...d('县级可撤销的最后一天', 'The last day on which the county may undo it'),
  })
  undoUntil!: string | null;

  @Field(() => DateTime, { nullable: true, ...d('撤销时间', 'When it was undone, if it was') })
  undoneAt!: Date | null;

  @Field(() => String, { nullable: true, ...d('撤销账号', 'By which account') })
  undoneBy!: string | null;

  @Field(() => String, { nullable: true, ...d('撤销理由', 'Why') })
  undoReason!: string | null;

  @Field(() => Int, d('名单人数（不含排除）', 'Children to graduate, without those left out'))
  listed!: number;

  @Field(() => Int, d('排除人数', 'Children left out'))
  excluded!: number;

  @Field(() => Int, d('毕业人数', 'Children that graduated'))
  graduated!: number;

  @Field(() => Int, d('撤销人数', 'Children that are back to what they were'))
  undone!: number;
}

@Access(...GRADUATORS)
@ObjectType('GraduationRow', {
  simpleResolvers: true,
  ...d('毕业名单中的一名儿童', 'One child of a frozen list'),
})
export class GraduationRowType implements Pick<GraduationRow, 'id' | 'state' | 'exclusion'> {
  @Field(() => ID, d('内部标识', 'Its opaque id'))
  id!: string;

  @Field(() => ID, d('学籍标识', 'The id of the record'))
  recordId!: string;

  @Field(() => GraduationRowStateEnum, d('状态', 'What has become of it'))
  state!: GraduationRowState;

  @Field(() => String, { nullable: true, ...d('排除理由', 'Why it was left out, if it was') })
  exclusion!: string | null;

  @Field(() => [UserErrorType], d('未毕业或未撤销的理由', 'Why it did not graduate, or was not undone'))
  reasons!: readonly UserErrorType[];
}

export const GraduationCandidateConnection = connectionOf(
  GraduationCandidateType,
  'GraduationCandidate',
  GRADUATORS,
);
export const GraduationRunConnection = connectionOf(GraduationRunType, 'GraduationRun', GRADUATORS);
export const GraduationRowConnection = connectionOf(GraduationRowType, 'GraduationRow', GRADUATORS);

@InputType('GraduationFilter', d('毕业办理筛选', 'Which graduations'))
export class GraduationFilterInput {
  @Field(() => String, {
    nullable: true,
    ...d(
      '行政区划代码，含下级；空为管辖全域',
      "A region with all below it; null for the viewer's whole area",
    ),
  })
  region?: string | null;

  @Field(() => String, { nullable: true, ...d('机构标识码', 'One institution, by its code') })
  institution?: string | null;

  @Field(() => Int, { nullable: true, ...d('学年（起始年份）', 'Only this school year') })
  schoolYear?: number | null;

  @Field(() => GraduationRunStateEnum, { nullable: true, ...d('状态', 'Only this state') })
  state?: GraduationRunState | null;
}
