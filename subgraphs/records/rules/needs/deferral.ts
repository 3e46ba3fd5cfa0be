import { addDays, compare, isPlainDate, type PlainDate } from '../../../../kernel/rules/plain-date.ts';
import { ageInSchoolYear, schoolYearOf } from '../../../../kernel/rules/school-year.ts';
import { userError } from '../../../../kernel/rules/user-errors.ts';
import { proofMissing } from '../evidence.ts';
import type { NeedRow } from '../needs.ts';

const latest = (...days: (PlainDate | null | undefined)[]) =>
  days
    .filter((day) => day != null)
    .sort()
    .at(-1)!;
const dayAfter = (day: PlainDate | null | undefined) => (day == null ? null : addDays(day, 1));

/** What a deferral asks: Measure 1.3. */
export const DEFERRAL_NEEDS = {
  DEFERRAL_BEGINS: {
    zh: '起始日期在本段在园之内且不晚于今天；续期不晚于现缓学截止次日',
    en: 'a first day within the open stay and not in the future; a renewal begins at the latest when the present one is over',
    unmet: ({ on, stayFrom, today, deferredUntil }) => {
      if (on === undefined || !isPlainDate(on)) return userError('DATE_IMPOSSIBLE', ['on']);
      const last = latest(today, dayAfter(deferredUntil));
      const fits = stayFrom !== undefined && compare(on, stayFrom) >= 0 && compare(on, last) <= 0;
      return fits ? null : userError('DATE_OUTSIDE_STAY', ['on'], { from: stayFrom ?? '–', until: last });
    },
  },
  DEFERRAL_ENDS: {
    zh: '截止日期不早于今天，晚于现缓学截止日期，距起始日期不超过规定期限',
    en: 'a last day not in the past, after that of the present deferral, and not beyond the longest a deferral may be',
    unmet: ({ on, until, latestUntil, today, deferredUntil }) => {
      if (until === undefined || !isPlainDate(until)) return userError('DATE_IMPOSSIBLE', ['until']);
      if (on === undefined || latestUntil === undefined) return null;
      const from = latest(today, on, dayAfter(deferredUntil));
      return compare(until, from) >= 0 && compare(until, latestUntil) <= 0
        ? null
        : userError('DEFERRAL_UNTIL', ['until'], { from, until: latestUntil });
    },
  },
  OF_SCHOOL_AGE: {
    zh: '截止日期所在学年已达入学年龄',
    en: 'of school age for the school year in which the deferral ends, whose entry it puts off',
    unmet: ({ birthCohort, schoolAge: expected, until }) => {
      if (birthCohort === undefined || expected === undefined) return null;
      if (until === undefined || !isPlainDate(until)) return null;
      const year = schoolYearOf(until);
      const age = ageInSchoolYear(birthCohort, year);
      return age >= expected ? null : userError('NOT_OF_SCHOOL_AGE', ['until'], { year, age, expected });
    },
  },
  DEFERRAL_PROVEN: {
    zh: '缓学证明材料',
    en: 'proof for a deferral',
    unmet: ({ evidence }) => proofMissing(evidence, ['DEFERRAL_PROOF']),
  },
  DEFERRAL_AHEAD: {
    zh: '所申请的缓学尚未届满',
    en: 'the deferral asked for is not over yet',
    unmet: ({ until, today }) =>
      until !== undefined && compare(until, today) < 0
        ? userError('DEFERRAL_OVER', ['applicationId'], { until })
        : null,
  },
  DEFERRAL_PASSED: {
    zh: '缓学截止日期已过',
    en: 'its last day has passed',
    unmet: ({ deferredUntil, today }) =>
      deferredUntil != null && compare(deferredUntil, today) < 0
        ? null
        : userError('DEFERRAL_UNTIL', [], { from: deferredUntil ?? '–', until: today }),
  },
} satisfies Record<string, NeedRow>;
