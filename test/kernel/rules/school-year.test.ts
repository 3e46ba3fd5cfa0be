import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, ageOn, compare } from '../../../kernel/rules/plain-date.ts';
import {
  ageInSchoolYear,
  birthCohort,
  schoolYearEnd,
  schoolYearOf,
  schoolYearStart,
} from '../../../kernel/rules/school-year.ts';
import { anyDate } from './arbitraries.ts';

describe('the school year', () => {
  it.each([
    ['2025-08-31', 2024],
    ['2025-09-01', 2025],
    ['2026-08-31', 2025],
  ])('counts %s to %i', (date, year) => {
    expect(schoolYearOf(date)).toBe(year);
  });

  it('runs from September to August', () => {
    expect([schoolYearStart(2025), schoolYearEnd(2025)]).toEqual(['2025-09-01', '2026-08-31']);
  });

  it.each([
    ['2021-08-31', 2021],
    ['2021-09-01', 2022],
    ['2022-08-31', 2022],
    ['2022-09-01', 2023],
  ])('puts a child born on %s into the cohort of %i', (bornOn, cohort) => {
    expect(birthCohort(bornOn)).toBe(cohort);
  });

  it.each([
    ['2022-01-01', 3],
    ['2021-01-01', 4],
    ['2020-01-01', 5],
  ])('lets a child born on %s be %i in 2025', (bornOn, age) => {
    expect(ageInSchoolYear(birthCohort(bornOn), 2025)).toBe(age);
  });

  it('gives every child of a cohort the age it has on the eve of the school year', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 0, max: 8 }), (bornOn, age) => {
        const schoolYear = birthCohort(bornOn) + age;
        expect(ageInSchoolYear(birthCohort(bornOn), schoolYear)).toBe(age);
        expect(ageOn(bornOn, addDays(schoolYearStart(schoolYear), -1))).toBe(age);
      }),
    );
  });

  it('holds every date between its first and last day', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const year = schoolYearOf(date);
        expect(compare(schoolYearStart(year), date)).toBeLessThanOrEqual(0);
        expect(compare(date, schoolYearEnd(year))).toBeLessThanOrEqual(0);
      }),
    );
  });
});
