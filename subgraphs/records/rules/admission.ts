import { addMonths, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import { ageInSchoolYear, schoolYearOf, schoolYearStart } from '../../../kernel/rules/school-year.ts';
import type { Record } from '../model.ts';
import type { AdmissionFacts } from './facts.ts';
import { schoolAgeIn } from './school-age.ts';

/** From May on a school admits for the coming September. */
const AHEAD_MONTHS = 4;

/** What admission on a day asks of a record. */
export function admissionFacts(record: Record, on: PlainDate): AdmissionFacts {
  const schoolYear = schoolYearOf(addMonths(on, AHEAD_MONTHS));
  return {
    schoolYear,
    age: ageInSchoolYear(record.birthCohort, schoolYear),
    schoolAge: schoolAgeIn(record.provinceCode, schoolYearStart(schoolYear)),
    graduated: record.status === 'GRADUATED',
  };
}
