/** Who files whose account, and what it may be given. */
import { ACTIONS, actionsOf, mayAct, type Action } from '../../../../kernel/rules/actions.ts';
import { covers, NATION, type Area, type Role, type Viewer } from '../../../../kernel/rules/viewer.ts';
import type { Account, AccountDuty, AccountRole } from '../../model.ts';

export const ADMINS = ['SYSTEM_ADMIN', 'SECURITY_ADMIN', 'AUDIT_ADMIN'] as const;
export const isAdmin = (role: Role): boolean => (ADMINS as readonly Role[]).includes(role);

/** The level above. The nation's own accounts are opened by one administrator and given force by another. */
export const ABOVE: Readonly<Record<AccountRole, readonly Role[]>> = {
  KINDERGARTEN: ['COUNTY'],
  PRIMARY_SCHOOL: ['COUNTY'],
  // A county run by its province has no city above it.
  COUNTY: ['CITY', 'PROVINCE'],
  CITY: ['PROVINCE'],
  PROVINCE: ['MINISTRY'],
  MINISTRY_ANALYST: ['MINISTRY'],
  MINISTRY: ADMINS,
  AUDITOR: ADMINS,
  SYSTEM_ADMIN: ADMINS,
  SECURITY_ADMIN: ADMINS,
  AUDIT_ADMIN: ADMINS,
};

/** Where an account belongs in the tree; a city has no county, the nation nothing. */
export interface AccountPlace {
  readonly provinceCode: string | null;
  readonly cityCode: string | null;
  readonly countyCode: string | null;
}
export const NOWHERE: AccountPlace = { provinceCode: null, cityCode: null, countyCode: null };

export const coversAccount = (area: Area, { provinceCode, cityCode, countyCode }: AccountPlace): boolean =>
  area.level === NATION.level ||
  covers(area, { provinceCode: provinceCode ?? '', cityCode, countyCode: countyCode ?? '' });

export const accountArea = ({ areaLevel, areaCode }: Pick<Account, 'areaLevel' | 'areaCode'>): Area => ({
  level: areaLevel,
  code: areaCode,
});

/** May the viewer deal with an account of this role there: is it of the level right above? */
export const isAbove = (viewer: Viewer, role: AccountRole, place: AccountPlace): boolean =>
  ABOVE[role].includes(viewer.role) && coversAccount(viewer.area, place);

/**
 * What a kindergarten does alone and at once, with no county to decide it: that is for its second account. All else
 * is either a proposal to the county or stays within the kindergarten.
 */
export const REVIEW_ONLY: readonly Action[] = ['agreeToTransfer', 'objectToTransfer', 'leave', 'graduate'];

/** All that an account of this role and duty can be given. */
export function grantable(role: AccountRole, duty: AccountDuty | null): Action[] {
  const all = actionsOf(role);
  return duty === 'ENTRY' ? all.filter((action) => !REVIEW_ONLY.includes(action)) : all;
}

/** Of rights both roles know, one hands out only what one has; of the others the level above decides. */
export const withheld = (viewer: Viewer, rights: readonly Action[]): Action[] =>
  rights.filter(
    (action) => (ACTIONS[action] as readonly Role[]).includes(viewer.role) && !mayAct(viewer, action),
  );

/** Kindergartens have two kinds of accounts, nobody else has. */
export const dutyFits = ({ role, duty }: Pick<Account, 'role' | 'duty'>): boolean =>
  (role === 'KINDERGARTEN') === (duty !== null);
