import type { Need } from './needs.ts';

/** What each need asks, for people; the lifecycle page prints it. */
export const NEED_WORDS: Readonly<Record<Need, { readonly zh: string; readonly en: string }>> = {
  LAWFUL_INSTITUTION: { zh: '机构合法办园', en: 'the institution operates lawfully' },
  CLASS_OF_INSTITUTION: { zh: '班级属于该机构', en: 'the class belongs to the institution' },
  CLASS_OF_YEAR: {
    zh: '班级属于入园（调班）学年至下一学年',
    en: 'the class is of the school year of the day, or a later one up to the next',
  },
  CHILD_KNOWN: { zh: '儿童已由该机构登记', en: 'the institution has registered the child' },
  ENTRY_DATE_PAST: { zh: '入园日期存在且不晚于今天', en: 'the entry date exists and is not in the future' },
  OF_AGE: { zh: '入园时满 3 周岁（托班 2 周岁）', en: 'aged 3 at entry (2 in a nursery class)' },
  AFTER_LAST_STAY: { zh: '入园不早于上次离园', en: 'the entry is not before the last leaving' },
  OTHER_ACCOUNT: { zh: '办理账号不是提交账号', en: 'another account than the one that submitted' },
  REASON: { zh: '须填写理由', en: 'a reason' },
  REASON_FITS: { zh: '理由至多 200 字', en: 'a reason of at most 200 characters, if any' },
  REMARK: {
    zh: '离园原因；“其他”须说明，至多 200 字',
    en: 'a reason of the closed set; OTHER with a remark, at most 200 characters',
  },
  NUMBER_FREE: { zh: '学籍号不属于另一学籍', en: 'the number belongs to no other record' },
  OTHER_CLASS: { zh: '不是现在的班级', en: 'another class than the present one' },
  DATE_IN_STAY: {
    zh: '日期在本段在园之内且不晚于今天',
    en: 'a date within the open stay and not in the future',
  },
};
