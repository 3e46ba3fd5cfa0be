import { userError } from '../../../../kernel/rules/user-errors.ts';
import { proofMissing } from '../evidence.ts';
import type { NeedRow } from '../needs.ts';

/** What a correction of key information asks: Measure 1.2 row 9. */
export const CORRECTION_NEEDS = {
  CHANGES_STATED: {
    zh: '至少更正一项关键信息',
    en: 'at least one key field to change',
    unmet: ({ changes }) =>
      changes && Object.values(changes).every((value) => value === null)
        ? userError('CORRECTION_EMPTY', ['changes'])
        : null,
  },
  CORRECTION_FITS: {
    zh: '更正内容合规，证件不属于另一名儿童（提交和核准时各核一次）',
    en: "what the child shall be fits together, and the document is no other child's; asked at request and at approval",
    unmet: ({ correctionFaults }) => correctionFaults ?? null,
  },
  IDENTITY_PROVEN: {
    zh: '身份证明材料：身份证件、户口簿、出生医学证明或司法文书',
    en: 'a paper that proves it: identity document, household register, birth certificate or court decision',
    unmet: ({ evidence }) =>
      proofMissing(evidence, [
        'IDENTITY_DOCUMENT',
        'HOUSEHOLD_REGISTER',
        'BIRTH_CERTIFICATE',
        'COURT_DECISION',
      ]),
  },
} satisfies Record<string, NeedRow>;
