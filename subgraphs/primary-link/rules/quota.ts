import { addDays, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { covers, isAccount, type Role, type Viewer } from '../../../kernel/rules/viewer.ts';
import type { PrimarySchool, QuotaKind, SetQuota } from '../model.ts';

/** Most items of one request; the largest primary schools admit fewer in a year. */
export const ITEMS_MAX = 500;

/**
 * Items a client system may ask a day: a whole county's admissions, far too few to try birth dates out by. Those who have
 * no number are few; whoever asks by document could find out by trying who has a record. An archive of its own a school is
 * shown again with every act and change.
 */
const DEFAULTS: Readonly<Record<QuotaKind, Readonly<Partial<Record<Role, number>>>>> = {
  NUMBERS: { PRIMARY_SCHOOL: 20_000 },
  DOCUMENTS: { PRIMARY_SCHOOL: 2_000 },
  ROSTER: { PRIMARY_SCHOOL: 20_000, COUNTY: 20_000 },
  ARCHIVES: { PRIMARY_SCHOOL: 100_000 },
};

/** Beyond this nobody lifts a quota: so many a day would be everybody's children. */
const SET_MOST = 200_000;

/** What counts of a client: what is set for its account, or else for its school, or else for its province, or the default. */
export function quotaOf(kind: QuotaKind, { account, role, area }: Viewer, set: readonly SetQuota[]): number {
  const ofKind = set.filter((one) => one.kind === kind);
  const here = ofKind.filter(({ areaCode }) => areaCode === area.code);
  const chosen =
    here.find((one) => one.account === account) ??
    here.find((one) => one.account === '') ??
    ofKind.find((one) => one.areaCode !== area.code && one.account === '');
  return chosen?.most ?? DEFAULTS[kind][role] ?? 0;
}

/** The next day begins at midnight in China. */
export const freesAt = (day: PlainDate): Date => new Date(`${addDays(day, 1)}T00:00:00+08:00`);

/** A quota to be set: for an account of a school, for the school, or, by a province, for itself. */
export interface QuotaSetting {
  readonly school?: string | null | undefined;
  readonly account?: string | null | undefined;
  readonly kind: QuotaKind;
  /** Null: the default again. */
  readonly most?: number | null | undefined;
}

/** Why it cannot be set; empty when it can. */
export function quotaErrors(
  { school: code, account, kind, most }: QuotaSetting,
  school: PrimarySchool | null,
  viewer: Viewer,
): UserError[] {
  const errors: UserError[] = [];
  if (code == null && (viewer.role !== 'PROVINCE' || account != null))
    errors.push(userError('REQUIRED', ['school']));
  if (code != null && !(school && covers(viewer.area, { ...school, institutionCode: school.code })))
    errors.push(userError('NOT_FOUND', ['school']));
  if (account != null && !isAccount(account)) errors.push(userError('ACCOUNT_NAME_FORM', ['account']));
  if (most != null && (most < 0 || most > SET_MOST))
    errors.push(
      userError('SETTING_OUT_OF_RANGE', ['most'], { name: kind, least: 0, most: SET_MOST, got: most }),
    );
  return errors;
}
