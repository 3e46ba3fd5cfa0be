import { compare, isPlainDate } from '../../../../kernel/rules/plain-date.ts';
import { userError } from '../../../../kernel/rules/user-errors.ts';
import type { NeedRow } from '../needs.ts';

/** What moving up to primary school asks; a fact nobody has gathered asks nothing. */
export const TAKE_OVER_NEEDS = {
  SCHOOL_AGE_REACHED: {
    zh: '已达入学年龄；已毕业的不再查验',
    en: 'of school age in the year of admission; a graduate is not asked',
    unmet: ({ admission }) => {
      if (!admission || admission.graduated || admission.age >= admission.schoolAge) return null;
      const { schoolYear: year, age, schoolAge: expected } = admission;
      return userError('TAKE_OVER_BEFORE_SCHOOL_AGE', [], { year, age, expected });
    },
  },
  ADMITTED_AFTER_STAY: {
    zh: '入学日期不早于最近一段在园，不晚于今天',
    en: 'a day of admission that is not before the last stay and not in the future',
    unmet: ({ on, stayFrom, today }) => {
      if (on === undefined) return null;
      if (!isPlainDate(on)) return userError('DATE_IMPOSSIBLE', ['admittedOn']);
      const fits = compare(on, stayFrom ?? on) >= 0 && compare(on, today) <= 0;
      const facts = { from: stayFrom ?? '–', until: today };
      return fits ? null : userError('TAKE_OVER_DAY', ['admittedOn'], facts);
    },
  },
} satisfies Record<string, NeedRow>;
