import { enumOf } from '../../../kernel/graph/enums.ts';
import {
  FEED_KIND,
  NUMBER_CHANGE_REASON,
  PRESCHOOL_STATUS,
  RESOLUTION_OUTCOME,
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
