/**
 * The school year runs from 1 September to 31 August and is named after the year it starts in.
 * Children are grouped by the cohort, so that an age in a school year is a subtraction and needs no birth date.
 */
import { type PlainDate, partsOf } from './plain-date.ts';

/** 2025 for every day from 2025-09-01 to 2026-08-31. */
export function schoolYearOf(date: PlainDate): number {
  const { year, month } = partsOf(date);
  return month >= 9 ? year : year - 1;
}

/** The calendar year in which the child's September-to-August birth year ends: born 2021-09-01 to 2022-08-31 is 2022. */
export function birthCohort(bornOn: PlainDate): number {
  return schoolYearOf(bornOn) + 1;
}

/** Full years every child of the cohort has on 31 August before the school year: cohort 2022 is 3 in 2025. */
export function ageInSchoolYear(cohort: number, schoolYear: number): number {
  return schoolYear - cohort;
}

export function schoolYearStart(schoolYear: number): PlainDate {
  return `${schoolYear}-09-01`;
}

export function schoolYearEnd(schoolYear: number): PlainDate {
  return `${schoolYear + 1}-08-31`;
}
