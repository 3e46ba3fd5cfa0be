import { enumOf } from '../../../kernel/graph/enums.ts';
import { NUMBER_CHANGE_REASON, PRESCHOOL_STATUS, RESOLUTION_OUTCOME } from '../model.ts';

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
