import type { PlainDate } from '../../../../kernel/rules/plain-date.ts';
import { under, userError, type UserError } from '../../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../../kernel/rules/viewer.ts';
import type { AccountFacts } from './opening.ts';
import { mayOpenAccount, type NewAccount } from './opening.ts';
import { certificateErrors, type Certificate } from './acts.ts';
import { ADMINS, NOWHERE } from './filing.ts';

export type FirstAdmin = NewAccount & Certificate;

/** What speaks against three people as the first administrators: each as if another administrator had filed it. */
export function firstAdminErrors(
  wanted: readonly FirstAdmin[],
  facts: readonly Omit<AccountFacts, 'place'>[],
  operator: Viewer,
  today: PlainDate,
): UserError[] {
  const roles = wanted.map(({ role }) => role).sort();
  const people = new Set(wanted.map(({ documentNumber }) => documentNumber.trim()));
  if (roles.join() !== [...ADMINS].sort().join() || people.size !== ADMINS.length)
    return [userError('ADMIN_DUTIES_APART')];
  return wanted.flatMap((one, i) =>
    under(
      [String(i)],
      [...mayOpenAccount(one, { ...facts[i]!, place: NOWHERE }, operator), ...certificateErrors(one, today)],
    ),
  );
}
