/** May regions be reorganised so? Pure. */
import { compare, isPlainDate, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import { isPresent } from '../../../kernel/rules/regions.ts';
import { under, userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { NATION } from '../../../kernel/rules/viewer.ts';
import type { NewRegion, Region, RegionChangeFacts } from '../model.ts';
import type { Wish } from './changing.ts';
import { textErrors, reasonErrors } from './texts.ts';

/** What the ministry says: new regions, abolished ones, those put elsewhere, and where institutions go. */
export interface Reorganisation extends Wish {
  readonly founded: readonly NewRegion[];
  readonly abolished: readonly AbolishedRegion[];
  readonly placed: RegionChangeFacts['placed'];
  readonly institutions: readonly { readonly institutionCode: string; readonly region: string }[];
}

export interface AbolishedRegion {
  readonly code: string;
  readonly successors: readonly string[];
  /** Where those of its institutions go that are not named one by one. */
  readonly institutionsTo: string | null;
}

export const REGIONS_MAX = 500;
const REGION_NAME_MAX = 60;
const CODE = /^[1-9]\d{5}$/;
const PARENT_LEVELS: Readonly<Record<NewRegion['level'], readonly Region['level'][]>> = {
  PROVINCE: ['NATION'],
  CITY: ['PROVINCE'],
  COUNTY: ['CITY', 'PROVINCE'],
};

export interface ReorganisingFacts {
  readonly tree: readonly Region[];
  readonly today: PlainDate;
  /** The day of the last reorganisation; null before the first. */
  readonly last: PlainDate | null;
}

/** Everything that can be said of the regions themselves, in the order of the fields. */
export function regionChangeErrors(wish: Reorganisation, facts: ReorganisingFacts): UserError[] {
  const { founded, abolished, placed, institutions } = wish;
  const lists = { founded, abolished, placed, institutions };
  const tooMany = Object.entries(lists).filter(([, { length }]) => length > REGIONS_MAX);
  if (tooMany.length > 0) {
    return tooMany.map(([field, { length }]) =>
      userError('TOO_MANY_ITEMS', [field], { max: REGIONS_MAX, got: length }),
    );
  }
  const errors = [...dayErrors(wish, facts), ...reasonErrors(wish.reason)];
  if (founded.length + abolished.length + placed.length === 0) errors.push(userError('REGIONS_UNCHANGED'));
  const then = standingThen(wish, facts.tree);
  const each = <T>(field: string, items: readonly T[], check: (item: T, i: number) => UserError[]) =>
    items.flatMap((item, i) => under([field, String(i)], check(item, i)));
  return [
    ...errors,
    ...each('founded', founded, (region, i) => foundingErrors(region, i, wish, facts.tree, then)),
    ...each('abolished', abolished, (region, i) => abolishingErrors(region, i, wish, facts.tree, then)),
    ...each('placed', placed, (region, i) => placingErrors(region, i, wish, facts.tree, then)),
  ];
}

function dayErrors({ on }: Wish, { today, last }: ReorganisingFacts): UserError[] {
  if (!isPlainDate(on)) return [userError('DATE_IMPOSSIBLE', ['on'])];
  if (compare(on, today) > 0) return [userError('CHANGE_DATE_FUTURE', ['on'], { today })];
  if (last !== null && compare(on, last) < 0) return [userError('CHANGE_BEFORE_LAST', ['on'], { last })];
  return [];
}

type Standing = ReadonlyMap<string, Region['level']>;

/** The regions that stand once all of it is done, with their levels. */
function standingThen({ founded, abolished }: Reorganisation, tree: readonly Region[]): Standing {
  const gone = new Set(abolished.map(({ code }) => code));
  const staying = tree.filter((region) => isPresent(region) && !gone.has(region.code));
  return new Map([...staying, ...founded].map(({ code, level }) => [code, level]));
}

function foundingErrors(
  { code, name, level, parent }: NewRegion,
  i: number,
  { founded }: Reorganisation,
  tree: readonly Region[],
  then: Standing,
): UserError[] {
  const errors: UserError[] = [];
  if (!CODE.test(code)) errors.push(userError('REGION_CODE_FORM', ['code']));
  else if (tree.some((region) => region.code === code) || founded.findIndex((one) => one.code === code) < i) {
    errors.push(userError('REGION_CODE_TAKEN', ['code'], { code }));
  }
  return [
    ...errors,
    ...textErrors('name', name, REGION_NAME_MAX),
    ...parentErrors(code, level, parent, then),
  ];
}

function parentErrors(code: string, level: NewRegion['level'], parent: string, then: Standing): UserError[] {
  const above = then.get(parent);
  if (above !== undefined && PARENT_LEVELS[level].includes(above)) return [];
  const expected = PARENT_LEVELS[level].join(' / ');
  return [userError('REGION_PARENT_WRONG', ['parent'], { code, parent, expected })];
}

function abolishingErrors(
  { code, successors }: AbolishedRegion,
  i: number,
  wish: Reorganisation,
  tree: readonly Region[],
  then: Standing,
): UserError[] {
  const region = tree.find((one) => one.code === code);
  if (!region || !isPresent(region) || code === NATION.code)
    return [userError('REGION_NOT_STANDING', ['code'], { code })];
  if (wish.abolished.findIndex((one) => one.code === code) < i)
    return [userError('CODE_TWICE', ['code'], { code })];
  const elsewhere = new Set(wish.placed.map((one) => one.code));
  const orphans = tree.filter(
    (one) => one.parentCode === code && then.has(one.code) && !elsewhere.has(one.code),
  );
  const errors: UserError[] = [];
  if (orphans.length > 0) {
    const facts = { code, count: orphans.length, example: orphans[0]!.code };
    errors.push(userError('REGION_STILL_PARENT', ['code'], facts));
  }
  if (successors.length === 0) errors.push(userError('REGION_SUCCESSOR_REQUIRED', ['successors'], { code }));
  successors.forEach((successor, n) => {
    if (then.get(successor) === region.level && successors.indexOf(successor) === n) return;
    errors.push(userError('REGION_SUCCESSOR_WRONG', ['successors', String(n)], { code, successor }));
  });
  return errors;
}

function placingErrors(
  { code, parent }: RegionChangeFacts['placed'][number],
  i: number,
  { placed, founded }: Reorganisation,
  tree: readonly Region[],
  then: Standing,
): UserError[] {
  const region = tree.find((one) => one.code === code);
  if (!region || !then.has(code) || region.level === 'NATION' || founded.some((one) => one.code === code))
    return [userError('REGION_NOT_STANDING', ['code'], { code })];
  if (placed.findIndex((one) => one.code === code) < i) return [userError('CODE_TWICE', ['code'], { code })];
  return parentErrors(code, region.level, parent, then);
}
