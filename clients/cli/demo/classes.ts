import { CLASS_SIZE_LIMIT } from '../../../kernel/rules/class-size.ts';
import type { ClassLevel } from '../../../kernel/rules/code-sets/class-level.ts';
import { apportion } from './apportion.ts';
import type { Random } from './random.ts';
import { cohortWeight, type NationalFigures } from './statistics.ts';

export interface PlannedClass {
  readonly name: string;
  readonly level: ClassLevel;
  readonly children: number;
}

type YearLevel = 'SMALL' | 'MIDDLE' | 'LARGE';

/** Full years a child has at the start of the school year it spends in the level. */
export const AGE_OF_LEVEL: Readonly<Record<YearLevel | 'NURSERY', number>> = {
  NURSERY: 2,
  SMALL: 3,
  MIDDLE: 4,
  LARGE: 5,
};
export const YEAR_LEVELS: readonly YearLevel[] = ['SMALL', 'MIDDLE', 'LARGE'];

const LABEL: Readonly<Record<ClassLevel, string>> = {
  NURSERY: '托',
  SMALL: '小',
  MIDDLE: '中',
  LARGE: '大',
  MIXED: '混龄',
};
const NUMERALS = [...'一二三四五六七八九十'];

/** At most so many children: below that a kindergarten does not fill three classes, so ages are mixed. */
const MIXED_UP_TO = 60;
const NURSERY_FROM = 120;
const NURSERY_CHANCE = 0.3;

/** The classes of a kindergarten with so many children; none is above its size limit. */
export function planClasses(
  children: number,
  schoolYear: number,
  figures: NationalFigures,
  random: Random,
): PlannedClass[] {
  if (children <= MIXED_UP_TO) return fill('MIXED', Math.ceil(children / CLASS_SIZE_LIMIT.MIXED), children);
  const nursery =
    children >= NURSERY_FROM && random.chance(NURSERY_CHANCE)
      ? random.between(12, CLASS_SIZE_LIMIT.NURSERY)
      : 0;
  const weights = YEAR_LEVELS.map((level) => cohortWeight(figures, schoolYear - AGE_OF_LEVEL[level]));
  const classes = classesPerLevel(children - nursery, weights, figures.meanClassSize);
  const seats = YEAR_LEVELS.map((level, at) => classes[at]! * CLASS_SIZE_LIMIT[level]);
  const shares = seated(apportion(children - nursery, weights), seats);
  return [
    ...(nursery > 0 ? fill('NURSERY', 1, nursery) : []),
    ...YEAR_LEVELS.flatMap((level, at) => fill(level, classes[at]!, shares[at]!)),
  ];
}

/**
 * How many classes each level has: at least one, together about as many as the mean size asks for, then more
 * until everybody has a seat. A level grows when it is the shortest of seats for its cohort.
 */
function classesPerLevel(children: number, weights: readonly number[], meanClassSize: number): number[] {
  const classes = YEAR_LEVELS.map(() => 1);
  const seatsOf = (at: number) => classes[at]! * CLASS_SIZE_LIMIT[YEAR_LEVELS[at]!];
  const seats = () => YEAR_LEVELS.reduce((sum, _, at) => sum + seatsOf(at), 0);
  const wanted = Math.floor(children / meanClassSize);
  while (classes.reduce((a, b) => a + b, 0) < wanted || seats() < children) {
    const need = weights.map((weight, at) => weight / seatsOf(at));
    classes[need.indexOf(Math.max(...need))]!++;
  }
  return classes;
}

/** Whoever finds a level full goes to the next one with room: a little early or late, as it happens. */
function seated(wanted: readonly number[], seats: readonly number[]): number[] {
  const taken = wanted.map((children, at) => Math.min(children, seats[at]!));
  let left = wanted.reduce((sum, children, at) => sum + children - taken[at]!, 0);
  seats.forEach((limit, at) => {
    const more = Math.min(left, limit - taken[at]!);
    taken[at]! += more;
    left -= more;
  });
  return taken;
}

function fill(level: ClassLevel, classes: number, children: number): PlannedClass[] {
  const sizes = apportion(
    children,
    Array.from({ length: classes }, () => 1),
  );
  return sizes.map((size, at) => ({ name: className(level, at), level, children: size }));
}

function className(level: ClassLevel, at: number): string {
  const numeral = at < 10 ? NUMERALS[at]! : `十${NUMERALS[at - 10] ?? ''}`;
  return `${LABEL[level]}${numeral}班`;
}
