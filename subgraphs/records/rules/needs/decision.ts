import { userError } from '../../../../kernel/rules/user-errors.ts';
import type { Area } from '../../../../kernel/rules/viewer.ts';
import { evidenceErrors } from '../evidence.ts';
import type { NeedRow } from '../needs.ts';
import { isBlank, textErrors } from './text.ts';

const same = (a: Area | null | undefined, b: Area | null | undefined) =>
  a != null && b != null && a.level === b.level && a.code === b.code;

/** What acting on an application asks: whose turn it is, four eyes, a reason. */
export const DECISION_NEEDS = {
  HOLDER: {
    zh: '业务正由其办理（逾期上移后由上级办理）',
    en: 'it is their turn; after the day has passed it is that of the next authority',
    unmet: ({ area, holder }) =>
      holder === undefined || same(area, holder)
        ? null
        : userError('NOT_WITH_YOU', [], { holder: holder ? `${holder.level} ${holder.code}` : '–' }),
  },
  APPLICANT: {
    zh: '由其申请',
    en: 'they are the ones who applied',
    unmet: ({ area, applicant }) =>
      applicant === undefined || same(area, applicant)
        ? null
        : userError('NOT_THE_APPLICANT', [], { applicant: applicant.code }),
  },
  OTHER_ACCOUNT: {
    zh: '办理账号不是提交账号，包括历次提交',
    en: 'another account than any that submitted it, the first time or again',
    unmet: ({ account, submittedBy, submittedBefore = [] }) =>
      account === submittedBy || submittedBefore.includes(account) ? userError('SAME_ACCOUNT') : null,
  },
  NOTHING_UNDECIDED: {
    zh: '没有未办结的其他业务',
    en: 'no other application is undecided',
    unmet: ({ undecided }) => (undecided ? userError('APPLICATION_UNDECIDED') : null),
  },
  REASON: {
    zh: '须填写理由',
    en: 'a reason',
    unmet: ({ reason }) => (isBlank(reason) ? userError('REASON_REQUIRED', ['reason']) : null),
  },
  REASON_FITS: {
    zh: '理由至多 200 字，不含证件、电话、学籍号码',
    en: 'a reason of at most 200 characters, if any, without numbers of papers, telephones or records',
    unmet: ({ reason }) => textErrors(reason, 'reason'),
  },
  EVIDENCE_FITS: {
    zh: '佐证以文号和摘要列出，至多 10 项',
    en: 'evidence by reference and digest, at most ten papers',
    unmet: ({ evidence }) => evidenceErrors(evidence ?? []),
  },
} satisfies Record<string, NeedRow>;
