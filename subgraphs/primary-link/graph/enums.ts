import { enumOf } from '../../../kernel/graph/enums.ts';
import { DOCUMENT_KIND } from '../../../kernel/rules/code-sets/document-kind.ts';
import { SEX } from '../../../kernel/rules/code-sets/sex.ts';
import {
  CLIENT_OPERATION,
  CLIENT_USE_DIMENSION,
  FEED_KIND,
  NUMBER_CHANGE_REASON,
  PRESCHOOL_STATUS,
  QUOTA_KIND,
  RESOLUTION_OUTCOME,
  ROSTER_DIFFERENCE,
  ROSTER_OUTCOME,
  ROSTER_STATUS,
  SCHOOL_STATUS,
  TAKE_OVER_END,
  TAKE_OVER_ORIGIN,
  TAKE_OVER_STATE,
} from '../model.ts';

export const ResolutionOutcomeEnum = enumOf(
  'ResolutionOutcome',
  '查询结果',
  'Whether a number leads to a record',
  RESOLUTION_OUTCOME,
);
export const PreschoolStatusEnum = enumOf(
  'PreschoolStatus',
  '学前学籍状态，供入学参考',
  'The state of a preschool record, as far as admission needs it',
  PRESCHOOL_STATUS,
);
export const NumberChangeReasonEnum = enumOf(
  'NumberChangeReason',
  '所查学籍号停用的原因',
  'Why the number asked for is no longer the current one',
  NUMBER_CHANGE_REASON,
);
export const SchoolStatusEnum = enumOf(
  'SchoolStatus',
  '小学状态',
  'Whether a primary school is open',
  SCHOOL_STATUS,
);
export const TakeOverStateEnum = enumOf(
  'TakeOverState',
  '接续状态',
  'Where the hand-over of a record to a primary school stands',
  TAKE_OVER_STATE,
);
export const TakeOverOriginEnum = enumOf(
  'TakeOverOrigin',
  '接续由谁发起',
  'From which side a take-over began',
  TAKE_OVER_ORIGIN,
);
export const TakeOverEndEnum = enumOf(
  'TakeOverEnd',
  '接续终止方式',
  'Whose end of a take-over it was',
  TAKE_OVER_END,
);
export const FeedKindEnum = enumOf('FeedKind', '变更种类', 'What happened', FEED_KIND);
export const SexEnum = enumOf('Sex', '性别', 'Sex', SEX);
export const DocumentKindEnum = enumOf(
  'DocumentKind',
  '身份证件类型',
  'The kind of an identity document',
  DOCUMENT_KIND,
);
export const ClientOperationEnum = enumOf(
  'ClientOperation',
  '客户系统的业务',
  'What a client system does',
  CLIENT_OPERATION,
);
export const ClientUseDimensionEnum = enumOf(
  'ClientUseDimension',
  '使用统计的分组',
  'What counts of use are split by',
  CLIENT_USE_DIMENSION,
);
export const RosterStatusEnum = enumOf(
  'RosterStatus',
  '学生在中小学花名册中的状态',
  'How a pupil stands in the K-12 roster',
  ROSTER_STATUS,
);
export const RosterOutcomeEnum = enumOf(
  'RosterOutcome',
  '花名册比对结果',
  'What comparing a row came to',
  ROSTER_OUTCOME,
);
export const RosterDifferenceEnum = enumOf(
  'RosterDifference',
  '花名册差异',
  'In what a roster and the records differ',
  ROSTER_DIFFERENCE,
);
export const QuotaKindEnum = enumOf(
  'QuotaKind',
  '限额项目',
  'What client systems are rationed by',
  QUOTA_KIND,
);
