/** Where institutions go when regions are reorganised. Pure. */
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { Institution, Region } from '../model.ts';
import type { Reorganisation } from './reorganising.ts';

/** Where each institution is once all of it is done, or why that cannot be said. */
export interface Whereabouts {
  readonly moves: readonly { readonly before: Institution; readonly region: Region }[];
  readonly userErrors: readonly UserError[];
}

/**
 * `institutions`: those that are in a changed region or are named; `after`: the tree then. Closed ones go along and stay
 * closed, since their archives need a county in charge.
 */
export function whereabouts(
  wish: Reorganisation,
  institutions: readonly Institution[],
  after: readonly Region[],
): Whereabouts {
  const byCode = new Map(after.map((region) => [region.code, region]));
  const named = new Map(wish.institutions.map(({ institutionCode, region }) => [institutionCode, region]));
  const byDefault = new Map(wish.abolished.map(({ code, institutionsTo }) => [code, institutionsTo]));
  const placed = institutions.map((before) => {
    const code = named.get(before.code) ?? byDefault.get(before.regionCode) ?? before.regionCode;
    const region = byCode.get(code);
    return { before, region: region && takesInstitutions(region) ? region : null };
  });
  const userErrors = [...namingErrors(wish, institutions), ...homelessErrors(placed)];
  const moves = placed.flatMap(({ before, region }) =>
    region && isElsewhere(before, region) ? [{ before, region }] : [],
  );
  return { moves, userErrors };
}

const takesInstitutions = ({ hasCountyAuthority, validTo }: Region) => hasCountyAuthority && validTo === null;

const isElsewhere = (institution: Institution, region: Region) =>
  institution.regionCode !== region.code ||
  institution.provinceCode !== region.provinceCode ||
  institution.cityCode !== region.cityCode ||
  institution.countyCode !== region.countyCode;

function namingErrors({ institutions }: Reorganisation, known: readonly Institution[]): UserError[] {
  const codes = new Set(known.map(({ code }) => code));
  return institutions.flatMap(({ institutionCode: code }, i) => {
    const field = ['institutions', String(i), 'institutionCode'];
    if (institutions.findIndex((one) => one.institutionCode === code) < i) {
      return [userError('CODE_TWICE', field, { code })];
    }
    return codes.has(code) ? [] : [userError('INSTITUTION_UNKNOWN', field, { code })];
  });
}

const EXAMPLES = 5;

function homelessErrors(placed: readonly { before: Institution; region: Region | null }[]): UserError[] {
  const homeless = placed.filter(({ region }) => region === null).map(({ before }) => before.code);
  if (homeless.length === 0) return [];
  const examples = homeless.slice(0, EXAMPLES).join(' ');
  return [userError('INSTITUTIONS_WITHOUT_PLACE', ['institutions'], { count: homeless.length, examples })];
}
