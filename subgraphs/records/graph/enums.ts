import { enumOf } from '../../../kernel/graph/enums.ts';
import { CLASS_LEVEL } from '../../../kernel/rules/code-sets/class-level.ts';
import { DOCUMENT_KIND } from '../../../kernel/rules/code-sets/document-kind.ts';
import { OWNERSHIP } from '../../../kernel/rules/code-sets/ownership.ts';
import { SEX } from '../../../kernel/rules/code-sets/sex.ts';
import { URBAN_RURAL } from '../../../kernel/rules/code-sets/urban-rural.ts';
import {
  APPLICATION_KIND,
  APPLICATION_STATE,
  APPLICATION_TASK,
  CANCELLATION_REASON,
  EVIDENCE_KIND,
  LEAVE_REASON,
  NUMBER_END_REASON,
  OBJECTION_GROUND,
  PROBLEM_ANSWER,
  PROBLEM_KIND,
  PROBLEM_RULING,
  PROBLEM_STATE,
  RECORD_STATUS,
  STEP_OUTCOME,
} from '../model.ts';
import { LIFECYCLE_ACTIONS, rowOf } from '../rules/lifecycle.ts';

const none = (zh: string, en: string) => ({ code: null, zh, en });

export const RecordStatusEnum = enumOf('RecordStatus', '学籍状态', 'The status of a record', RECORD_STATUS);
export const ApplicationKindEnum = enumOf(
  'ApplicationKind',
  '业务类型',
  'What an application asks for',
  APPLICATION_KIND,
);
export const ApplicationStateEnum = enumOf(
  'ApplicationState',
  '办理状态',
  'Where an application stands',
  APPLICATION_STATE,
);
export const LifecycleActionEnum = enumOf(
  'LifecycleAction',
  '学籍业务',
  'An act of the lifecycle; the same word as the mutation',
  {
    ...Object.fromEntries(
      LIFECYCLE_ACTIONS.map((action) => {
        const { zh, en } = rowOf(action);
        return [upperSnake(action), none(`${zh} ${action}`, en)];
      }),
    ),
    // Nobody performs these on a record: they are lines of its history, when its institution changes.
    MOVE_INSTITUTION: none('机构改隶 moveInstitution', 'its institution came under another authority'),
    ARBITRATE_PROBLEM_CASE: none('问题学籍裁定 arbitrateProblemCase', 'its G number went to another record'),
    MERGE_INSTITUTION: none('机构合并 mergeInstitution', 'its institution was merged into another'),
  },
);
export const ApplicationTaskEnum = enumOf(
  'ApplicationTask',
  '待办事项',
  'What whoever holds an application has to do',
  APPLICATION_TASK,
);
export const StepOutcomeEnum = enumOf('StepOutcome', '环节结果', 'How a step ended', STEP_OUTCOME);
export const CancellationReasonEnum = enumOf(
  'CancellationReason',
  '注销原因',
  'Why a record is cancelled',
  CANCELLATION_REASON,
);
export const EvidenceKindEnum = enumOf('EvidenceKind', '佐证种类', 'A kind of evidence', EVIDENCE_KIND);
export const ObjectionGroundEnum = enumOf(
  'ObjectionGround',
  '异议理由',
  'On what ground a sending kindergarten may object',
  OBJECTION_GROUND,
);
export const TransferAnswerEnum = enumOf(
  'TransferAnswer',
  '转出园的答复',
  'How a sending kindergarten has answered',
  {
    AGREED: none('同意', 'it agreed'),
    OBJECTED: none('有异议', 'it objected'),
    SILENT: none('逾期未答复', 'it let its days pass'),
  },
);
export const HolderLevelEnum = enumOf(
  'HolderLevel',
  '办理方层级',
  'The level of whoever holds an application',
  {
    NATION: none('教育部', 'the ministry'),
    PROVINCE: none('省级', 'a province'),
    CITY: none('地级', 'a city'),
    COUNTY: none('县级', 'a county'),
    INSTITUTION: none('机构', 'an institution'),
  },
);
export const ProblemKindEnum = enumOf(
  'ProblemKind',
  '问题学籍种类',
  'What is suspected of a record',
  PROBLEM_KIND,
);
export const ProblemStateEnum = enumOf(
  'ProblemState',
  '问题学籍状态',
  'Where a problem case stands',
  PROBLEM_STATE,
);
export const ProblemAnswerEnum = enumOf(
  'ProblemAnswer',
  '幼儿园的答复',
  'How a kindergarten answers',
  PROBLEM_ANSWER,
);
export const ProblemRulingEnum = enumOf('ProblemRuling', '裁定', 'How an authority rules', PROBLEM_RULING);
export const NumberEndReasonEnum = enumOf(
  'NumberEndReason',
  '学籍号停用原因',
  'Why another number took the place of one',
  NUMBER_END_REASON,
);
export const LeaveReasonEnum = enumOf('LeaveReason', '离园原因', 'Why a child leaves', LEAVE_REASON);
export const DocumentKindEnum = enumOf(
  'DocumentKind',
  '身份证件类型',
  'The kind of an identity document',
  DOCUMENT_KIND,
);
export const SexEnum = enumOf('Sex', '性别', 'Sex', SEX);
export const ClassLevelEnum = enumOf('ClassLevel', '班级类型', 'The level of a class', CLASS_LEVEL);
export const OwnershipEnum = enumOf(
  'Ownership',
  '办园性质',
  'Public or private, as statistics split it',
  OWNERSHIP,
);
export const UrbanRuralEnum = enumOf('UrbanRural', '城乡类型', 'Urban, town or rural', URBAN_RURAL);
export const CountDimensionEnum = enumOf('CountDimension', '统计维度', 'What counts are split by', {
  PROVINCE: none('省级', 'province'),
  CITY: none(
    '省以下第一级：地级，或省直管县',
    'the unit right below the province: a city, or a province-run county',
  ),
  COUNTY: none('县级', 'county'),
  AGE: none('学年年龄（8 月 31 日满周岁）', 'age in full years on 31 August, the eve of the school year'),
  SEX: none('性别', 'sex'),
  CLASS_LEVEL: none('班级类型', 'class level'),
  OWNERSHIP: none('办园性质', 'ownership'),
  URBAN_RURAL: none('城乡类型', 'urban or rural'),
});

/** submitEnrolment to SUBMIT_ENROLMENT: how an act is spelled as an enum value. */
export function upperSnake(action: string): string {
  return action.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
