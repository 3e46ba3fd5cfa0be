/** The demonstration county: 余杭区 (330110) in the shape of the national figures, and nobody in it is real. */
import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import { birthCohort, schoolYearStart } from '../../../kernel/rules/school-year.ts';
import { childFor } from './children.ts';
import { planClasses, type PlannedClass } from './classes.ts';
import { numbering, type Numbering } from './documents.ts';
import { planInstitutions } from './institutions.ts';
import type { DemoClass, DemoCounty, DemoDecision, DemoEnrolment } from './model.ts';
import { randomOf, type Random } from './random.ts';
import type { NationalFigures } from './statistics.ts';

export const DEMO_REGION = '330110';
/** The code of its first kindergarten, which the sample operations speak of. */
export const DEMO_FIRST_INSTITUTION = '1133990001';
export const DEMO_SECOND_INSTITUTION = '1133990002';
/** Another version is another county: the idempotency keys carry it too. */
export const DEMO_VERSION = 'v1';

/**
 * Pure: the same school year and figures give the same county for ever. One average county of the country,
 * 82 kindergartens and 11,300 children with the figures of 2025.
 */
export function demoCounty(schoolYear: number, figures: NationalFigures): DemoCounty {
  const seed = `demo/${DEMO_VERSION}`;
  const numbers = numbering(0);
  const decisionOf = decisions();
  const kindergartens = planInstitutions({
    seed,
    region: DEMO_REGION,
    schoolYear,
    kindergartens: Math.round(figures.kindergartens / figures.counties),
    children: Math.round(figures.children / figures.counties / 100) * 100,
    figures,
  }).map(({ institution, children }) => {
    const place = `${seed}/${institution.code}`;
    const planned = planClasses(children, schoolYear, figures, randomOf(`${place}/classes`));
    const enrolments = planned.flatMap((one) =>
      seatsOf(one, { place, schoolYear, figures, numbers }).map((seat): DemoEnrolment => ({
        ...seat,
        decision: decisionOf(),
      })),
    );
    return { institution, classes: planned.map((one) => classOf(one, schoolYear)), enrolments };
  });
  return { region: DEMO_REGION, schoolYear, kindergartens };
}

export interface SeatPlan {
  /** Names the streams of chance. */
  readonly place: string;
  readonly schoolYear: number;
  readonly figures: NationalFigures;
  readonly numbers: Numbering;
}

/** The children of one class. */
export function seatsOf(
  { name, level, children }: PlannedClass,
  { place, schoolYear, figures, numbers }: SeatPlan,
): Omit<DemoEnrolment, 'decision'>[] {
  return Array.from({ length: children }, (_, at) => {
    const seat = randomOf(`${place}/${name}/${at}`);
    const child = childFor(level, schoolYear, figures, numbers, seat);
    const enteredOn = entryDate(child.bornOn, level === 'NURSERY' ? 2 : 3, schoolYear, seat);
    return { child, className: name, enteredOn };
  });
}

export function classOf({ name, level }: PlannedClass, schoolYear: number): DemoClass {
  return { name, level, schoolYear };
}

/** Most enter in the first September they are old enough, some half a year or whole years later; none after this September. */
function entryDate(bornOn: PlainDate, age: number, schoolYear: number, seat: Random): PlainDate {
  const first = birthCohort(bornOn) + age;
  if (first >= schoolYear || seat.chance(0.85)) return schoolYearStart(Math.min(first, schoolYear));
  return seat.chance(0.4)
    ? `${seat.between(first + 1, schoolYear)}-02-20`
    : schoolYearStart(seat.between(first + 1, schoolYear));
}

/** Every hundredth application waits for the county, every fifteen-hundredth was returned: a queue to work on. */
function decisions(): () => DemoDecision {
  let count = 0;
  return () => {
    count++;
    if (count % 1_500 === 750) return 'RETURN';
    return count % 100 === 57 ? 'NOTHING' : 'APPROVE';
  };
}
