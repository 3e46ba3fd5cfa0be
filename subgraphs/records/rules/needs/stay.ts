import { compare, isPlainDate } from '../../../../kernel/rules/plain-date.ts';
import { userError } from '../../../../kernel/rules/user-errors.ts';
import type { NeedRow } from '../needs.ts';
import { isBlank, textErrors } from './text.ts';

/** What a change within a stay asks. */
export const STAY_NEEDS = {
  OTHER_CLASS: {
    zh: '不是现在的班级',
    en: 'another class than the present one',
    unmet: (facts) =>
      facts.class && facts.class.id === facts.presentClassId ? userError('CLASS_SAME', ['classId']) : null,
  },
  DATE_IN_STAY: {
    zh: '日期在本段在园之内且不晚于今天',
    en: 'a date within the open stay and not in the future',
    unmet: ({ on, stayFrom, today }) => {
      if (on === undefined || !isPlainDate(on)) return userError('DATE_IMPOSSIBLE', ['on']);
      const inStay = stayFrom !== undefined && compare(on, stayFrom) >= 0 && compare(on, today) <= 0;
      return inStay ? null : userError('DATE_OUTSIDE_STAY', ['on'], { from: stayFrom ?? '–', until: today });
    },
  },
  REMARK: {
    zh: '离园原因；“其他”须说明，至多 200 字',
    en: 'a reason of the closed set; OTHER with a remark, at most 200 characters',
    unmet: ({ leaveReason, remark }) =>
      leaveReason === 'OTHER' && isBlank(remark)
        ? userError('REMARK_REQUIRED', ['remark'])
        : textErrors(remark, 'remark'),
  },
} satisfies Record<string, NeedRow>;
