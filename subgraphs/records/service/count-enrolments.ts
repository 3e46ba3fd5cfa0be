import { compare, today, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import { ageInSchoolYear, schoolYearOf } from '../../../kernel/rules/school-year.ts';
import type { Area } from '../../../kernel/rules/viewer.ts';
import type { CountDimension } from '../model.ts';
import type { CountQuery } from '../store/counts.ts';
import type { Deps } from './deps.ts';

/** Equalities a count may be restricted to. */
export interface CountFilter {
  readonly age?: number | null;
  readonly sex?: string | null;
  readonly classLevel?: string | null;
  readonly ownership?: string | null;
  readonly urbanRural?: string | null;
}

export interface EnrolmentCount {
  readonly regionCode: string | null;
  readonly age: number | null;
  readonly sex: string | null;
  readonly classLevel: string | null;
  readonly ownership: string | null;
  readonly urbanRural: string | null;
  readonly count: number;
}

/**
 * Children in kindergarten by dimensions, on a day. Today's counts come from the folded rows plus what is not
 * folded yet; another day's, or one institution's, are counted anew from the placements. Null for a day to come.
 */
export async function countEnrolments(
  { queries, now }: Deps,
  area: Area,
  by: readonly CountDimension[],
  filter: CountFilter,
  on: PlainDate | null,
): Promise<EnrolmentCount[] | null> {
  const present = today(now());
  const day = on ?? present;
  if (compare(day, present) > 0) return null;
  const schoolYear = schoolYearOf(day);
  const query: CountQuery = { by, area, where: equalities(filter, schoolYear) };
  const folded = day === present && area.level !== 'INSTITUTION';
  const rows = await (folded ? queries.countNow(query) : queries.recount(query, day));
  return rows.map(({ values, count }) => named(by, values, count, schoolYear));
}

function equalities(
  { age, sex, classLevel, ownership, urbanRural }: CountFilter,
  schoolYear: number,
): CountQuery['where'] {
  return {
    ...(age == null ? {} : { AGE: schoolYear - age }),
    ...(sex == null ? {} : { SEX: sex }),
    ...(classLevel == null ? {} : { CLASS_LEVEL: classLevel }),
    ...(ownership == null ? {} : { OWNERSHIP: ownership }),
    ...(urbanRural == null ? {} : { URBAN_RURAL: urbanRural }),
  };
}

const REGIONS: readonly CountDimension[] = ['COUNTY', 'CITY', 'PROVINCE'];

function named(
  by: readonly CountDimension[],
  values: readonly (string | number)[],
  count: number,
  schoolYear: number,
): EnrolmentCount {
  const value = (dimension: CountDimension) => {
    const i = by.indexOf(dimension);
    return i < 0 ? null : values[i]!;
  };
  const text = (dimension: CountDimension) => value(dimension) as string | null;
  const cohort = value('AGE');
  // The finest region asked for names the row; the coarser ones follow from it.
  const finest = REGIONS.find((level) => by.includes(level));
  return {
    regionCode: finest ? text(finest) : null,
    age: cohort === null ? null : ageInSchoolYear(Number(cohort), schoolYear),
    sex: text('SEX'),
    classLevel: text('CLASS_LEVEL'),
    ownership: text('OWNERSHIP'),
    urbanRural: text('URBAN_RURAL'),
    count,
  };
}
