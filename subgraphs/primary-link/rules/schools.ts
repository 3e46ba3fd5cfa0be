import { INSTITUTION_CATEGORY, parseInstitutionCode } from '../../../kernel/rules/institution-code.ts';
import { compare, isPlainDate, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import { isWellFormed } from '../../../kernel/rules/text.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import type { PrimarySchool } from '../model.ts';

/** What a county says about a school. */
export interface NewSchool {
  readonly code: string;
  readonly name: string;
  readonly region: string;
  readonly openedOn: PlainDate;
}

/** A region as the institutions subgraph tells it. */
export interface RegionFacts {
  readonly code: string;
  readonly validTo: string | null;
  readonly originOnly: boolean;
  readonly hasCountyAuthority: boolean;
  readonly provinceCode: string | null;
  readonly cityCode: string | null;
  readonly countyCode: string | null;
}

const NAME_MAX = 100;
const SCHOOLS: readonly (string | undefined)[] = [
  INSTITUTION_CATEGORY.PRIMARY_SCHOOL,
  INSTITUTION_CATEGORY.SPECIAL_SCHOOL,
];

/** Why the school may not be registered; every error, in the order of the fields. */
export function mayOpenSchool(
  item: NewSchool,
  { region, codeTaken, today }: { region: RegionFacts | null; codeTaken: boolean; today: PlainDate },
  viewer: Viewer,
): UserError[] {
  const errors: UserError[] = [];
  if (!SCHOOLS.includes(parseInstitutionCode(item.code)?.category))
    errors.push(userError('SCHOOL_CODE_FORM', ['code']));
  errors.push(...nameErrors(item.name));
  if (!isPlainDate(item.openedOn)) errors.push(userError('DATE_IMPOSSIBLE', ['openedOn']));
  else if (compare(item.openedOn, today) > 0) errors.push(userError('OPENING_DATE_FUTURE', ['openedOn']));
  if (codeTaken) errors.push(userError('SCHOOL_CODE_TAKEN', ['code']));
  return [...errors, ...regionErrors(item.region, region, viewer)];
}

function nameErrors(name: string): UserError[] {
  if (name.trim() === '') return [userError('REQUIRED', ['name'])];
  if (!isWellFormed(name)) return [userError('TEXT_MALFORMED', ['name'])];
  const got = [...name].length;
  return got > NAME_MAX ? [userError('TOO_LONG', ['name'], { max: NAME_MAX, got })] : [];
}

function regionErrors(code: string, region: RegionFacts | null, viewer: Viewer): UserError[] {
  if (!region || region.originOnly) return [userError('REGION_UNKNOWN', ['region'], { code })];
  if (region.validTo !== null) return [userError('REGION_ABOLISHED', ['region'], { code })];
  const place = placeOf(region);
  if (!place) return [userError('REGION_NOT_A_COUNTY', ['region'], { code })];
  return covers(viewer.area, place)
    ? []
    : [userError('OUTSIDE_YOUR_AREA', ['region'], { area: viewer.area.code })];
}

/** The tree path a school in this region gets; null where no county authority sits there. */
export function placeOf({ hasCountyAuthority, provinceCode, cityCode, countyCode }: RegionFacts) {
  if (!hasCountyAuthority || provinceCode === null || countyCode === null) return null;
  return { provinceCode, cityCode, countyCode };
}

/** Why the school may not be closed on this day. */
export function mayCloseSchool(
  school: PrimarySchool | null,
  on: PlainDate,
  { unsettled, today }: { unsettled: number; today: PlainDate },
  viewer: Viewer,
): UserError[] {
  if (!school || !covers(viewer.area, { ...school, institutionCode: school.code }))
    return [userError('NOT_FOUND', ['code'])];
  if (school.status === 'CLOSED') return [userError('SCHOOL_CLOSED', ['code'], { on: school.closedOn! })];
  if (!isPlainDate(on) || compare(on, school.openedOn) < 0 || compare(on, today) > 0)
    return [userError('SCHOOL_CLOSED_BEFORE_OPENING', ['on'], { from: school.openedOn, until: today })];
  return unsettled > 0 ? [userError('SCHOOL_HAS_TAKE_OVERS', ['code'], { n: unsettled })] : [];
}

/** Why nothing may go to this school, or be done in its name. */
export function schoolErrors(code: string, school: PrimarySchool | null, field: string): UserError[] {
  if (!school) return [userError('SCHOOL_UNKNOWN', [field], { code })];
  return school.status === 'CLOSED' ? [userError('SCHOOL_CLOSED', [field], { on: school.closedOn! })] : [];
}
