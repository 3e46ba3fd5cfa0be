import { isValueOf, valuesOf } from '../../../kernel/rules/code-sets/code-set.ts';
import { URBAN_RURAL_CLASS } from '../../../kernel/rules/code-sets/urban-rural.ts';
import { checkCreditCode, normaliseCreditCode } from '../../../kernel/rules/credit-code.ts';
import { checkInstitutionCode } from '../../../kernel/rules/institution-code.ts';
import { compare, isPlainDate, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import type { Class, Institution, Region } from '../model.ts';
import { CLASS_NAME_MAX, NAME_MAX, textErrors } from './texts.ts';

/** What an authority says about an institution it opens. */
export interface NewInstitution extends Pick<
  Institution,
  'code' | 'name' | 'kind' | 'founder' | 'inclusive' | 'openedOn'
> {
  readonly creditCode: string | null;
  readonly region: string;
  readonly urbanRuralClass: string;
}

export interface OpeningFacts {
  readonly region: Region | null;
  readonly codeTaken: boolean;
  readonly today: PlainDate;
}

/** May this institution be opened by this viewer? Every error, in the order of the fields. */
export function mayOpen(
  item: NewInstitution,
  { region, codeTaken, today }: OpeningFacts,
  viewer: Viewer,
): UserError[] {
  const errors = [...checkInstitutionCode(item.code, item.kind), ...textErrors('name', item.name, NAME_MAX)];
  if (item.creditCode !== null) errors.push(...checkCreditCode(normaliseCreditCode(item.creditCode)));
  if (!isPlainDate(item.openedOn)) errors.push(userError('DATE_IMPOSSIBLE', ['openedOn']));
  else if (compare(item.openedOn, today) > 0) errors.push(userError('OPENING_DATE_FUTURE', ['openedOn']));
  if (!isValueOf(URBAN_RURAL_CLASS, item.urbanRuralClass)) {
    const expected = valuesOf(URBAN_RURAL_CLASS).join(' ');
    errors.push(userError('VALUE_NOT_IN_LIST', ['urbanRuralClass'], { expected }));
  }
  if (codeTaken) errors.push(userError('INSTITUTION_CODE_TAKEN', ['code']));
  return [...errors, ...regionErrors(item.region, region, viewer)];
}

/** Why an institution cannot be in this region, or not by this viewer's act. */
export function regionErrors(code: string, region: Region | null, viewer: Viewer): UserError[] {
  if (!region || region.originOnly) return [userError('REGION_UNKNOWN', ['region'], { code })];
  if (region.validTo !== null) return [userError('REGION_ABOLISHED', ['region'], { code })];
  const place = placeOf(region);
  if (!place) return [userError('REGION_NOT_A_COUNTY', ['region'], { code })];
  return covers(viewer.area, place)
    ? []
    : [userError('OUTSIDE_YOUR_AREA', ['region'], { area: viewer.area.code })];
}

/** The tree path an institution in this region gets; null where no county authority sits there. */
export function placeOf(
  region: Region,
): Pick<Institution, 'provinceCode' | 'cityCode' | 'countyCode'> | null {
  const { provinceCode, cityCode, countyCode } = region;
  if (!region.hasCountyAuthority || provinceCode === null || countyCode === null) return null;
  return { provinceCode, cityCode, countyCode };
}

export interface NewClass extends Pick<Class, 'name' | 'level' | 'schoolYear'> {
  readonly institutionCode: string;
}

/** Nobody who is in a kindergarten today was in a class before this year. */
const FIRST_SCHOOL_YEAR = 2015;

export interface ClassOpeningFacts {
  readonly institution: Institution | null;
  readonly nameTaken: boolean;
  /** The school year of today. */
  readonly schoolYear: number;
}

export function mayOpenClass(
  item: NewClass,
  { institution, nameTaken, schoolYear }: ClassOpeningFacts,
  viewer: Viewer,
): UserError[] {
  const errors = textErrors('name', item.name, CLASS_NAME_MAX);
  if (!institution)
    return [...errors, userError('INSTITUTION_UNKNOWN', ['institutionCode'], { code: item.institutionCode })];
  if (!covers(viewer.area, { ...institution, institutionCode: institution.code })) {
    errors.push(userError('OUTSIDE_YOUR_AREA', ['institutionCode'], { area: viewer.area.code }));
  }
  if (institution.status === 'CLOSED' || institution.status === 'CLOSING') {
    errors.push(userError('INSTITUTION_NOT_LAWFUL', ['institutionCode'], { status: institution.status }));
  }
  if (item.schoolYear < FIRST_SCHOOL_YEAR || item.schoolYear > schoolYear + 1) {
    const range = { from: FIRST_SCHOOL_YEAR, until: schoolYear + 1 };
    errors.push(userError('SCHOOL_YEAR_OUTSIDE', ['schoolYear'], range));
  }
  if (nameTaken) errors.push(userError('CLASS_NAME_TAKEN', ['name']));
  return errors;
}
