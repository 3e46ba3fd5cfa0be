import { NEXT_LEVEL } from '../../../../kernel/rules/code-sets/class-level.ts';
import { ageOn, compare, isPlainDate } from '../../../../kernel/rules/plain-date.ts';
import { schoolYearEnd, schoolYearOf, schoolYearStart } from '../../../../kernel/rules/school-year.ts';
import { userError } from '../../../../kernel/rules/user-errors.ts';
import type { NeedRow } from '../needs.ts';
import { schoolAgeIn } from '../school-age.ts';
import { isBlank } from './text.ts';

const LAST_YEAR: NeedRow = {
  zh: '大班，或混龄班中学年末满 6 周岁，或缓学留园',
  en: 'a LARGE class, a MIXED one where the child is 6 on 31 August, or staying on by deferral',
  unmet: ({ yearEnd }) => {
    if (!yearEnd) return null;
    const { classLevel: level, deferred, bornOn, schoolYear, province } = yearEnd;
    const end = schoolYearEnd(schoolYear);
    const age = ageOn(bornOn, end);
    const last =
      deferred || level === 'LARGE' || (level === 'MIXED' && age >= schoolAgeIn(province ?? null, end));
    return last ? null : userError('NOT_LAST_YEAR', [], { level, age });
  },
};

/** What the end of a school year asks; a fact nobody has gathered asks nothing. */
export const YEAR_END_NEEDS = {
  CLASS_OF_ENDING_YEAR: {
    zh: '班级属于该学年',
    en: 'the class is of the school year that ends',
    unmet: ({ yearEnd }) => {
      if (!yearEnd || yearEnd.classYear === undefined) return null;
      const { schoolYear, classYear } = yearEnd;
      const facts = { from: schoolYear, until: schoolYear, got: classYear ?? '–' };
      return classYear === schoolYear ? null : userError('CLASS_OF_OTHER_YEAR', [], facts);
    },
  },
  LAST_YEAR,
  CLASS_AS_LISTED: {
    zh: '仍在名单冻结时的班级',
    en: 'still in the class it was listed with',
    unmet: ({ yearEnd }) =>
      yearEnd?.listedClassId === undefined || yearEnd.listedClassId === yearEnd.classId
        ? null
        : userError('GRADUATION_CLASS_CHANGED'),
  },
  TERM_OVER: {
    zh: '毕业日期不早于学期最后一天（省可规定），不晚于今天',
    en: 'a day from the last of the term (as the province has it) to today',
    unmet: ({ yearEnd, on, today }) => {
      if (yearEnd?.termEndsOn === undefined) return null;
      const { termEndsOn: from } = yearEnd;
      const over = on !== undefined && isPlainDate(on) && compare(on, from) >= 0 && compare(on, today) <= 0;
      return over ? null : userError('GRADUATION_TOO_EARLY', ['on'], { from });
    },
  },
  WITHIN_UNDO_DAYS: {
    zh: '在省规定的撤销期限内',
    en: 'within the days in which the province lets it be undone',
    unmet: ({ undo, today }) =>
      undo && compare(today, undo.until) > 0
        ? userError('GRADUATION_UNDO_TOO_LATE', [], { until: undo.until })
        : null,
  },
  SAME_GRADUATION: {
    zh: '之后没有另行毕业',
    en: 'it has not graduated anew since',
    unmet: ({ undo }) => (undo?.graduatedAgain ? userError('GRADUATED_AGAIN') : null),
  },
  INSTITUTION_AS_WAS: {
    zh: '机构仍在原处',
    en: 'the institution is still there, and where it was',
    unmet: ({ undo }) => (undo?.institutionAsWas === false ? userError('INSTITUTION_CHANGED') : null),
  },
  GRADUATION_SETTLED: {
    zh: '该学年应毕业而毕业未成的，先另行毕业或排除',
    en: 'a child of the last year whose graduation was refused graduates anew, or is left out by name, before it goes on',
    unmet: (facts) =>
      facts.promotion?.graduationRefused && LAST_YEAR.unmet(facts) === null
        ? userError('GRADUATION_NOT_SETTLED')
        : null,
  },
  LAST_MOVE: {
    zh: '升班之后班级未再变动',
    en: 'the child has not moved on from the class it was promoted to',
    unmet: ({ undo }) => (undo?.movedSince ? userError('PROMOTED_SINCE') : null),
  },
  NEXT_YEARS_CLASS: {
    zh: '升入下一学年的班级',
    en: 'a class of the next school year',
    unmet: ({ promotion }) => {
      if (!promotion) return null;
      const [expected, got] = [promotion.from.schoolYear + 1, promotion.to.schoolYear];
      return got === expected ? null : userError('PROMOTION_YEAR', ['toClassId'], { expected, got });
    },
  },
  LEVEL_FOLLOWS: {
    zh: '托升小、小升中、中升大、混龄仍为混龄；留级须说明理由',
    en: 'NURSERY to SMALL to MIDDLE to LARGE, MIXED to MIXED; staying at a level with a reason',
    unmet: ({ promotion, reason }) => {
      if (!promotion) return null;
      const [from, to] = [promotion.from.level, promotion.to.level];
      if (NEXT_LEVEL[from] === to) return null;
      if (from !== to) {
        const facts = { from, to, expected: NEXT_LEVEL[from] ?? from };
        return userError('PROMOTION_LEVEL', ['toClassId'], facts);
      }
      return isBlank(reason) ? userError('PROMOTION_STAY_REASON', ['reason'], { level: from }) : null;
    },
  },
  DAY_OF_NEW_YEAR: {
    zh: '日期在新学年之内且不晚于今天',
    en: 'a day of the new school year and not in the future',
    unmet: ({ promotion, on, today }) => {
      if (!promotion) return null;
      const { schoolYear } = promotion.to;
      if (on !== undefined && isPlainDate(on) && schoolYearOf(on) === schoolYear && compare(on, today) <= 0)
        return null;
      const facts = { from: schoolYearStart(schoolYear), until: schoolYearEnd(schoolYear) };
      return userError('PROMOTION_DAY', ['on'], facts);
    },
  },
} satisfies Record<string, NeedRow>;
