/** Refusals about what becomes of an institution: renaming, moving, merging, closing. */
export const INSTITUTION_CHANGE_ERRORS = {
  INSTITUTION_ACT_NOT_OPEN: {
    zh: '机构{status}时不能{action}；现在可以：{open}。',
    en: '{action} is not possible while the institution is {status}; open now: {open}.',
  },
  CHANGE_DATE_FUTURE: {
    zh: '生效日期不能晚于今天 {today}。',
    en: 'The change cannot take effect after today, {today}.',
  },
  CHANGE_BEFORE_LAST: {
    zh: '生效日期不能早于上次变更 {last}。',
    en: 'The last change took effect on {last}; this one cannot be earlier.',
  },
  NAME_UNCHANGED: { zh: '名称与现名相同。', en: 'The institution already has this name.' },
  REGION_UNCHANGED: { zh: '机构已在行政区划 {code}。', en: 'The institution is already in region {code}.' },
  MERGE_NEEDS_ANOTHER: {
    zh: '合并至少须有一所机构并入另一所。',
    en: 'A merger needs at least one institution that goes into another one.',
  },
  MERGE_OTHER_CATEGORY: {
    zh: '合并须为同一类别：应以 {expected} 开头，实际以 {got} 开头。',
    en: 'Institutions of one category were expected, codes that begin with {expected}; this one begins with {got}.',
  },
  CODE_TWICE: { zh: '{code} 重复。', en: '{code} was given twice.' },
  CHILDREN_REMAIN: {
    zh: '尚有在园儿童 {children} 名、未办结申请 {undecided} 件，须先转出或办结。',
    en: '{children} children and {undecided} undecided applications remain; they must be transferred or decided first.',
  },
  CLOSING_NEEDS_SIGHT: {
    zh: '撤销机构须确认无任何在园儿童，含信息封存的儿童；请由经指名授予“查看封存儿童”（seeSealedChildren）权限的账号办理。',
    en: 'Closing an institution needs somebody who sees that no child is left, also none under a protection order: an account with the right seeSealedChildren, given by name, closes it.',
  },
  CLOSED_WITH_CHILDREN: {
    zh: '直至 {last} 仍有儿童在园，撤销日期不能早于该日；实际为 {got}。',
    en: 'Children were there until {last}; it cannot have closed before that day, {got} came.',
  },
  CLOSING_TOO_EARLY: {
    zh: '撤销开始后须满 {seconds} 秒，使此前已在办理的业务落定；还差 {left} 秒，请稍后重试。',
    en: 'Closing needs {seconds} seconds after it began, so that acts already on their way have landed; {left} seconds are left, retry then.',
  },
} as const;
