import { ageOn, compare, isPlainDate } from '../../../../kernel/rules/plain-date.ts';
import { schoolYearOf } from '../../../../kernel/rules/school-year.ts';
import { userError } from '../../../../kernel/rules/user-errors.ts';
import type { NeedRow } from '../needs.ts';

/** What an entry asks: Measure 1.1 and 1.2. */
export const ENROLMENT_NEEDS = {
  LAWFUL_INSTITUTION: {
    zh: '机构合法办园',
    en: 'the institution operates lawfully',
    unmet: ({ institution }) => {
      if (!institution) return userError('INSTITUTION_UNKNOWN', ['institutionCode'], { code: '' });
      const { status } = institution;
      return status === 'OPEN' ? null : userError('INSTITUTION_NOT_LAWFUL', ['institutionCode'], { status });
    },
  },
  CLASS_OF_INSTITUTION: {
    zh: '班级属于该机构',
    en: 'the class belongs to the institution',
    unmet: (facts) =>
      facts.class && facts.institution && facts.class.institutionId === facts.institution.id
        ? null
        : userError('CLASS_NOT_OF_INSTITUTION', ['classId']),
  },
  CLASS_OF_YEAR: {
    zh: '班级属于入园（调班）学年至下一学年',
    en: 'the class is of the school year of the day, or a later one up to the next',
    // A record may be made up for long after the entry, so a later year's class fits; a past year's never does.
    unmet: ({ today, enteredOn, on, ...facts }) => {
      const day = on ?? enteredOn;
      if (!facts.class || day === undefined || !isPlainDate(day)) return null;
      const [from, until] = [schoolYearOf(day), schoolYearOf(today) + 1];
      const { schoolYear } = facts.class;
      return schoolYear >= from && schoolYear <= until
        ? null
        : userError('CLASS_OF_OTHER_YEAR', ['classId'], { from, until, got: schoolYear });
    },
  },
  CHILD_KNOWN: {
    zh: '儿童已由该机构登记',
    en: 'the institution has registered the child',
    unmet: ({ child }) => (child ? null : userError('CHILD_UNKNOWN', ['childId'])),
  },
  ENTRY_DATE_PAST: {
    zh: '入园日期存在且不晚于今天',
    en: 'the entry date exists and is not in the future',
    unmet: ({ enteredOn, today }) => {
      if (enteredOn === undefined || !isPlainDate(enteredOn))
        return userError('DATE_IMPOSSIBLE', ['enteredOn']);
      return compare(enteredOn, today) > 0 ? userError('ENTRY_DATE_FUTURE', ['enteredOn']) : null;
    },
  },
  OF_AGE: {
    zh: '入园时满 3 周岁（托班 2 周岁）',
    en: 'aged 3 at entry (2 in a nursery class)',
    unmet: ({ child, enteredOn, ...facts }) => {
      if (!child || enteredOn === undefined || !isPlainDate(enteredOn)) return null;
      const age = ageOn(child.bornOn, enteredOn);
      return age >= (facts.class?.level === 'NURSERY' ? 2 : 3)
        ? null
        : userError('TOO_YOUNG', ['enteredOn'], { age });
    },
  },
  AFTER_LAST_STAY: {
    zh: '入园不早于上次离园',
    en: 'the entry is not before the last leaving',
    // Two stays must not share a day, or that day's counts would hold the child twice.
    unmet: ({ enteredOn, leftOn }) =>
      enteredOn !== undefined &&
      isPlainDate(enteredOn) &&
      leftOn !== undefined &&
      compare(enteredOn, leftOn) < 0
        ? userError('ENTRY_BEFORE_LEAVING', ['enteredOn'], { leftOn })
        : null,
  },
  AFTER_OPENING: {
    zh: '入园不早于机构设立',
    en: 'the entry is not before the institution opened',
    unmet: ({ enteredOn, institution }) =>
      enteredOn !== undefined &&
      isPlainDate(enteredOn) &&
      institution?.openedOn !== undefined &&
      compare(enteredOn, institution.openedOn) < 0
        ? userError('ENTRY_BEFORE_OPENING', ['enteredOn'], { openedOn: institution.openedOn, enteredOn })
        : null,
  },
  NUMBER_FREE: {
    zh: '学籍号不属于另一学籍',
    en: 'the number belongs to no other record',
    unmet: ({ numberTaken }) => (numberTaken ? userError('NUMBER_TAKEN') : null),
  },
} satisfies Record<string, NeedRow>;
