/** What the year before has left in the first two kindergartens, so that its end can be tried on any day. */
import type { ClassLevel } from '../../../kernel/rules/code-sets/class-level.ts';
import { schoolYearStart } from '../../../kernel/rules/school-year.ts';
import { childFor } from './children.ts';
import { BESIDE_THE_PLAN, residentIds } from './documents.ts';
import type { DemoClass, DemoDecision, DemoEnrolment } from './model.ts';
import { randomOf } from './random.ts';
import type { NationalFigures } from './statistics.ts';

/** Classes nobody else has: no kindergarten has ten of a level. */
export const LAST_LARGE = '大十班';
export const LAST_SMALL = '小十班';
export const NEXT_MIDDLE = '中十班';

export const lastYearClasses = (schoolYear: number): readonly DemoClass[] => [
  { name: LAST_LARGE, level: 'LARGE', schoolYear: schoolYear - 1 },
  { name: LAST_SMALL, level: 'SMALL', schoolYear: schoolYear - 1 },
  { name: NEXT_MIDDLE, level: 'MIDDLE', schoolYear },
];

/** Three who should have graduated, three whose class goes on, and two whose enrolment was returned. */
const SEATS: readonly (readonly [className: string, level: ClassLevel, yearsAgo: 0 | 1, DemoDecision])[] = [
  ...Array.from({ length: 3 }, () => [LAST_LARGE, 'LARGE', 1, 'APPROVE'] as const),
  ...Array.from({ length: 3 }, () => [LAST_SMALL, 'SMALL', 1, 'APPROVE'] as const),
  ...Array.from({ length: 2 }, () => [NEXT_MIDDLE, 'MIDDLE', 0, 'RETURN'] as const),
];

/** How many of them are in kindergarten once the second one's graduates have gone. */
export const REMAINING = { first: 6, second: 3 } as const;

/** The children of each kindergarten in the order of the seats; all have a resident ID, so all are known everywhere. */
export function lastYearEnrolments(
  institutionCodes: readonly string[],
  schoolYear: number,
  figures: NationalFigures,
): DemoEnrolment[][] {
  const numberOf = residentIds(BESIDE_THE_PLAN);
  return institutionCodes.map((code) =>
    SEATS.map(([className, level, yearsAgo, decision], at): DemoEnrolment => {
      const year = schoolYear - yearsAgo;
      const child = residentOf(`demo/last-year/${code}/${at}`, level, year, figures);
      return {
        child: { ...child, documentNumber: numberOf(child) },
        ...{ className, decision, enteredOn: schoolYearStart(year) },
      };
    }),
  );
}

function residentOf(seed: string, level: ClassLevel, schoolYear: number, figures: NationalFigures) {
  for (let attempt = 0; ; attempt++) {
    const child = childFor(level, schoolYear, figures, NUMBERLESS, randomOf(`${seed}/${attempt}`));
    if (child.documentKind === 'RESIDENT_ID') return child;
  }
}
const NUMBERLESS = { next: () => null };
