/**
 * The one catalogue of refusals: what a clerk can mend comes back as data, with a code from here.
 * `npm run schema` prints it to docs/user-errors.md. Words in braces are filled from the facts;
 * a message says what was expected and what came, and never carries a child's name or number.
 */
import { ACCOUNT_ERRORS } from './user-errors/account.ts';
import { BREAK_GLASS_ERRORS } from './user-errors/break-glass.ts';
import { CHILD_ERRORS } from './user-errors/child.ts';
import { APPLICATION_ERRORS } from './user-errors/application.ts';
import { DATA_EXPORT_ERRORS } from './user-errors/data-export.ts';
import { CORRECTION_ERRORS } from './user-errors/correction.ts';
import { ENROLMENT_ERRORS } from './user-errors/enrolment.ts';
import { IDENTITY_ERRORS } from './user-errors/identity.ts';
import { INSTITUTION_ERRORS } from './user-errors/institution.ts';
import { LIFE_ERRORS } from './user-errors/life.ts';
import { INSTITUTION_CHANGE_ERRORS } from './user-errors/institution-change.ts';
import { OFFER_ERRORS } from './user-errors/offer.ts';
import { PROBLEM_ERRORS } from './user-errors/problem.ts';
import { REGION_CHANGE_ERRORS } from './user-errors/region-change.ts';
import { REQUEST_ERRORS } from './user-errors/request.ts';
import { ROSTER_ERRORS } from './user-errors/roster.ts';
import { YEAR_END_ERRORS } from './user-errors/year-end.ts';
import { TAKE_OVER_ERRORS } from './user-errors/take-over.ts';
import { WORDING_ERRORS } from './user-errors/wording.ts';
import { SEALING_ERRORS } from './user-errors/sealing.ts';
import { SETTING_ERRORS } from './user-errors/settings.ts';

export interface UserErrorText {
  readonly zh: string;
  readonly en: string;
}

export const USER_ERRORS = {
  ...REQUEST_ERRORS,
  ...IDENTITY_ERRORS,
  ...CHILD_ERRORS,
  ...INSTITUTION_ERRORS,
  ...INSTITUTION_CHANGE_ERRORS,
  ...REGION_CHANGE_ERRORS,
  ...OFFER_ERRORS,
  ...ENROLMENT_ERRORS,
  ...APPLICATION_ERRORS,
  ...CORRECTION_ERRORS,
  ...LIFE_ERRORS,
  ...PROBLEM_ERRORS,
  ...YEAR_END_ERRORS,
  ...ROSTER_ERRORS,
  ...SETTING_ERRORS,
  ...ACCOUNT_ERRORS,
  ...BREAK_GLASS_ERRORS,
  ...SEALING_ERRORS,
  ...WORDING_ERRORS,
  ...TAKE_OVER_ERRORS,
  ...DATA_EXPORT_ERRORS,
} as const satisfies Record<string, UserErrorText>;

export type UserErrorCode = keyof typeof USER_ERRORS;

/** One refusal (or warning), as the graph shows it. `field` is the path to the input field it speaks of. */
export interface UserError {
  readonly code: UserErrorCode;
  readonly message: string;
  readonly messageEn: string;
  readonly field: readonly string[];
}

export type Facts = Readonly<Record<string, string | number>>;

export function userError(code: UserErrorCode, field: readonly string[] = [], facts: Facts = {}): UserError {
  const { zh, en } = USER_ERRORS[code];
  return { code, message: fill(zh, facts), messageEn: fill(en, facts), field };
}

/** The same refusal, seen from one level further out: `['items', '3']` before `['bornOn']`. */
export function under(prefix: readonly string[], errors: readonly UserError[]): UserError[] {
  return errors.map((error) => ({ ...error, field: [...prefix, ...error.field] }));
}

function fill(text: string, facts: Facts): string {
  return text.replace(/\{(\w+)\}/g, (_, word: string) => String(facts[word] ?? '?'));
}
