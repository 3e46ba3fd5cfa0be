/** Refusals about applications: whose turn it is, evidence, transfers. */
export const APPLICATION_ERRORS = {
  NOT_WITH_YOU: {
    zh: '该业务现由 {holder} 办理，不由您办理。',
    en: 'This application is with {holder} now, not with you.',
  },
  NOT_THE_APPLICANT: {
    zh: '只有申请方 {applicant} 可以补正或撤回。',
    en: 'Only {applicant}, which applied, may complete or withdraw it.',
  },
  APPLICATION_NAMED_TWICE: {
    zh: '本次请求前面已列出该业务，结果见前一项。',
    en: 'The request names this application before; what came of it stands there.',
  },
  APPLICATION_UNDECIDED: {
    zh: '该学籍有未办结的业务，请先办结。',
    en: 'The record has an application nobody has decided; that one comes first.',
  },
  EVIDENCE_MISSING: {
    zh: '缺少佐证：应有 {expected}。',
    en: 'Evidence is missing: {expected} was expected.',
  },
  EVIDENCE_REFERENCE: {
    zh: '佐证编号应为 1 至 80 个字母、数字或 . _ : / -，不得含 11 位以上连续数字。',
    en: 'A reference of 1 to 80 letters, digits or . _ : / - was expected, without 11 digits in a row.',
  },
  EVIDENCE_DIGEST: {
    zh: '佐证摘要应为 SHA-256 的 64 位小写十六进制数。',
    en: 'A SHA-256 digest of 64 lower-case hex digits was expected.',
  },
  TRANSFER_SAME_INSTITUTION: {
    zh: '儿童已在该机构，应转往另一机构。',
    en: 'The child is in this institution already; another one was expected.',
  },
  TRANSFER_RETURNED_BEFORE: {
    zh: '转出地已退回过一次，请同意转出或不予核准。',
    en: 'The side the child comes from has returned it once already; consent or refuse.',
  },
  TRANSFER_WINDOW_CLOSED: {
    zh: '{from} 至 {until} 停止办理转园。',
    en: 'No transfers begin from {from} to {until}.',
  },
  TRANSFER_BEFORE_STAY: {
    zh: '转入日期应晚于现在园的开始日期 {from}，现在园至少在园一天。',
    en: 'A first day after {from} was expected, when the present stay began: it has at least one day.',
  },
} as const;
