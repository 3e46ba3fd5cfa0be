import type { ClassLevel } from '../../../kernel/rules/code-sets/class-level.ts';
import type { Ethnicity } from '../../../kernel/rules/code-sets/ethnicity.ts';
import type { Sex } from '../../../kernel/rules/code-sets/sex.ts';
import { addDays, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import { AGE_OF_LEVEL, YEAR_LEVELS } from './classes.ts';
import { DOCUMENTS, nationalityOf, type Numbering } from './documents.ts';
import type { DemoChild, DemoGuardian } from './model.ts';
import { guardianName, nameOf, type DemoName } from './names.ts';
import type { Random, Weights } from './random.ts';
import { cohortWeight, type NationalFigures } from './statistics.ts';

/** About 110 boys to 100 girls, as the census counts children of this age. */
const SEXES: Weights<Sex> = [['MALE', 110], ['FEMALE', 100]]; // prettier-ignore

const ETHNICITIES: Weights<Ethnicity> = [
  ['01', 9_500], ['15', 80], ['06', 80], ['22', 70], ['03', 60], ['05', 50], ['12', 40], ['09', 30], ['07', 30],
  ['08', 30], ['11', 15], ['17', 5], ['02', 5], ['04', 5],
]; // prettier-ignore

/** Mostly here; then the neighbours and where newcomers are from; 330103 and 330104 were abolished in 2021. */
const HOUSEHOLDS: Weights<string> = [
  ['330110', 7_200], ['330113', 300], ['330106', 250], ['330105', 250], ['330111', 120], ['330112', 120],
  ['330109', 100], ['330127', 60], ['330122', 60], ['330103', 60], ['330104', 60], ['330302', 60], ['330702', 60],
  ['330602', 60], ['331127', 30], ['341602', 140], ['341203', 120], ['341102', 60], ['411602', 120],
  ['411702', 100], ['361102', 100], ['421102', 80], ['431302', 60], ['520502', 80], ['520602', 60],
  ['511302', 60], ['500101', 60], ['320312', 50], ['230102', 30], ['653101', 20],
]; // prettier-ignore

const HOUSEHOLD_OF_ETHNICITY: Readonly<Partial<Record<Ethnicity, readonly string[]>>> = {
  '02': ['150102'],
  '04': ['540102'],
  '05': ['653101', '653201', '650102'],
  '17': ['650102'],
};

/** One child of the right age for the class. `seat` is its own stream of chance. */
export function childFor(
  level: ClassLevel,
  schoolYear: number,
  figures: NationalFigures,
  numbers: Numbering,
  seat: Random,
): DemoChild {
  const sex = seat.weighted(SEXES);
  const bornOn = birthDate(ageOf(level, schoolYear, figures, seat), schoolYear, seat);
  const documentKind = seat.weighted(DOCUMENTS);
  const nationality = nationalityOf(documentKind, seat);
  const ethnicity = nationality === 'CHN' ? seat.weighted(ETHNICITIES) : null;
  const isChinese = nationality === 'CHN' || documentKind !== 'PASSPORT';
  const name = nameOf(sex, isChinese ? (ethnicity ?? '01') : null, seat);
  return {
    name: name.full,
    sex,
    bornOn,
    nationality,
    ethnicity,
    documentKind,
    documentNumber: numbers.next(documentKind, { sex, bornOn, nationality }),
    householdRegion: nationality === 'CHN' ? householdOf(ethnicity!, seat) : null,
    guardians: guardiansOf(name, isChinese ? (ethnicity ?? '01') : null, seat),
  };
}

function ageOf(level: ClassLevel, schoolYear: number, figures: NationalFigures, seat: Random): number {
  if (level !== 'MIXED') return AGE_OF_LEVEL[level];
  return seat.weighted(
    YEAR_LEVELS.map((one) => [AGE_OF_LEVEL[one], cohortWeight(figures, schoolYear - AGE_OF_LEVEL[one])]),
  );
}

/** A day of the September-to-August year in which children of this age in the school year were born. */
function birthDate(age: number, schoolYear: number, seat: Random): PlainDate {
  return addDays(`${schoolYear - age - 1}-09-01`, seat.below(365));
}

function householdOf(ethnicity: Ethnicity, seat: Random): string {
  const regions = HOUSEHOLD_OF_ETHNICITY[ethnicity];
  return regions ? seat.pick(regions) : seat.weighted(HOUSEHOLDS);
}

function guardiansOf(child: DemoName, ethnicity: Ethnicity | null, seat: Random): DemoGuardian[] {
  const father: DemoGuardian = guardian('FATHER', 'MALE', child, ethnicity, seat);
  const mother: DemoGuardian = guardian('MOTHER', 'FEMALE', child, ethnicity, seat);
  if (seat.chance(0.02)) return [guardian('GRANDPARENT', 'FEMALE', child, ethnicity, seat)];
  if (seat.chance(0.1)) return [mother];
  return seat.chance(0.5) ? [mother, father] : [father, mother];
}

/** 199 0000 xxxx: well formed, and not given out. */
function guardian(
  relation: DemoGuardian['relation'],
  sex: Sex,
  child: DemoName,
  ethnicity: Ethnicity | null,
  seat: Random,
): DemoGuardian {
  return {
    relation,
    name: guardianName(sex, child, ethnicity, seat),
    phone: `1990000${String(seat.below(10_000)).padStart(4, '0')}`,
  };
}
