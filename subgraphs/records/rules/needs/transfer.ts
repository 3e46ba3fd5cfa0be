import { compare, isPlainDate } from '../../../../kernel/rules/plain-date.ts';
import { userError } from '../../../../kernel/rules/user-errors.ts';
import { proofMissing } from '../evidence.ts';
import type { NeedRow } from '../needs.ts';
import { isBlank, textErrors } from './text.ts';

/** What a transfer asks: Measure 1.3. */
export const TRANSFER_NEEDS = {
  GUARDIANS_APPLIED: {
    zh: '监护人申请材料',
    en: "the guardians' application",
    unmet: ({ evidence }) => proofMissing(evidence, ['GUARDIAN_APPLICATION']),
  },
  OTHER_INSTITUTION: {
    zh: '转往另一机构',
    en: 'another institution than the present one',
    unmet: ({ institution, presentInstitutionCode }) =>
      institution && institution.code === presentInstitutionCode
        ? userError('TRANSFER_SAME_INSTITUTION', ['institutionCode'])
        : null,
  },
  WINDOW_OPEN: {
    zh: '不在该省停止转园的时段内',
    en: 'no window of either province closes transfers today',
    unmet: ({ closedWindow }) =>
      closedWindow
        ? userError('TRANSFER_WINDOW_CLOSED', [], { from: closedWindow.from, until: closedWindow.until })
        : null,
  },
  AFTER_STAY_BEGAN: {
    zh: '转入日期晚于现在园的开始日期',
    en: 'the first day is after the first of the present stay, which has at least one day',
    unmet: ({ enteredOn, stayFrom }) =>
      enteredOn !== undefined &&
      isPlainDate(enteredOn) &&
      stayFrom !== undefined &&
      compare(enteredOn, stayFrom) <= 0
        ? userError('TRANSFER_BEFORE_STAY', ['enteredOn'], { from: stayFrom })
        : null,
  },
  NOT_RETURNED_BEFORE: {
    zh: '转出地只能退回一次',
    en: 'the side the child comes from returns it once only',
    unmet: ({ details }) =>
      details?.returnedBy?.task === 'RELEASE' ? userError('TRANSFER_RETURNED_BEFORE') : null,
  },
  REMARK_FITS: {
    zh: '说明至多 200 字，不含证件、电话、学籍号码',
    en: 'a remark of at most 200 characters, if any, without numbers of papers, telephones or records',
    unmet: ({ remark }) => textErrors(remark, 'remark'),
  },
  REASON_OVER_OBJECTION: {
    zh: '转出园有异议的，核准须写明理由',
    en: 'a reason, where the sending kindergarten has objected',
    unmet: ({ details, reason }) =>
      details?.answer === 'OBJECTED' && isBlank(reason) ? userError('REASON_REQUIRED', ['reason']) : null,
  },
} satisfies Record<string, NeedRow>;
