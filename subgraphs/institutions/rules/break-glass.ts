/** Who may look beyond its area for a while, for how long, and who judges it afterwards. */
import { addDays, compare, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import type { Account, AccountRole, BreakGlass, BreakGlassGround, BreakGlassVerdict } from '../model.ts';
import { ABOVE, isAbove, type AccountPlace } from './accounts/filing.ts';
import { REASON_MAX, textErrors } from './texts.ts';

export const HOURS_MAX = 72;
/** Of one account at once. */
export const OPEN_MAX = 3;
/** Days until the level above is to have judged it. */
const REVIEW_DAYS = 7;

export interface NewBreakGlass {
  readonly ground: BreakGlassGround;
  readonly reason: string;
  readonly hours: number;
}

export interface BreakGlassFacts {
  /** The child meant; null where there is none, or none for this account to know of. */
  readonly childId: string | null;
  readonly open: number;
}

/** What speaks against opening; who it is for is said last, and never where anything else is wrong. */
export function mayOpenBreakGlass(
  { reason, hours }: NewBreakGlass,
  { childId, open }: BreakGlassFacts,
): UserError[] {
  const errors = [
    ...(hours >= 1 && hours <= HOURS_MAX
      ? []
      : [userError('BREAK_GLASS_HOURS', ['hours'], { max: HOURS_MAX, got: hours })]),
    ...textErrors('reason', reason, REASON_MAX),
    ...(open < OPEN_MAX ? [] : [userError('BREAK_GLASS_TOO_MANY', [], { max: OPEN_MAX })]),
  ];
  return errors.length > 0 || childId !== null ? errors : [userError('NOT_FOUND', ['documentNumber'])];
}

export const reviewDue = (today: PlainDate): PlainDate => addDays(today, REVIEW_DAYS);

export const untilOf = (at: Date, hours: number): Date => new Date(at.getTime() + hours * 3_600_000);

export const isOpen = ({ until }: Pick<BreakGlass, 'until'>, at: Date): boolean => until > at;

export const isOverdue = (one: Pick<BreakGlass, 'verdict' | 'reviewDueOn'>, today: PlainDate): boolean =>
  one.verdict === null && compare(one.reviewDueOn, today) < 0;

/** Of whose break-glasses the viewer is the level above, or may look on. */
export const reviewedRoles = ({ role }: Viewer): AccountRole[] =>
  (Object.keys(ABOVE) as AccountRole[]).filter((one) => ABOVE[one].includes(role));

export interface Review {
  readonly id: string;
  readonly verdict: BreakGlassVerdict;
  readonly remark: string;
}

/** Another person of the level above: who judges it, and who is shown what was looked at under it. */
export const isReviewer = (one: BreakGlass, { holder }: Pick<Account, 'holder'>, viewer: Viewer): boolean =>
  one.account !== viewer.account && one.holder !== holder && isAbove(viewer, one.role, placeOf(one));

/** By another person of the level above, once, and in words. */
export function mayReview(
  { remark }: Review,
  one: BreakGlass | null,
  reviewer: Pick<Account, 'holder'>,
  viewer: Viewer,
): UserError[] {
  if (!one) return [userError('NOT_FOUND', ['id'])];
  if (one.account === viewer.account) return [userError('BREAK_GLASS_IS_YOURS', ['id'])];
  if (!isAbove(viewer, one.role, placeOf(one))) return [userError('NOT_FOUND', ['id'])];
  if (one.holder === reviewer.holder) return [userError('BREAK_GLASS_IS_YOURS', ['id'])];
  if (one.verdict !== null) return [userError('BREAK_GLASS_REVIEWED', ['id'])];
  return textErrors('remark', remark, REASON_MAX);
}

const placeOf = ({ provinceCode, cityCode, countyCode }: BreakGlass): AccountPlace => ({
  ...{ provinceCode, cityCode, countyCode },
});
