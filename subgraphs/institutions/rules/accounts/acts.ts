/** May this be done to an account? Its states as a table. */
import { addDays, compare, isPlainDate, type PlainDate } from '../../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../../kernel/rules/viewer.ts';
import { ACCOUNT_STATE, type Account, type AccountAct, type AccountState } from '../../model.ts';
import { reasonErrors, textErrors } from '../texts.ts';
import { isAbove, type AccountPlace } from './filing.ts';

interface AccountRow {
  readonly zh: string;
  readonly from: readonly AccountState[];
  readonly to: AccountState | 'SAME';
  readonly kept: AccountAct;
}

export const ACCOUNT_ACTS = {
  activateAccount: { zh: '启用', from: ['FILED'], to: 'ACTIVE', kept: 'ACTIVATE' },
  changeAccount: { zh: '变更权限', from: ['FILED', 'ACTIVE', 'SEALED'], to: 'SAME', kept: 'CHANGE' },
  sealAccount: { zh: '封存', from: ['ACTIVE'], to: 'SEALED', kept: 'SEAL' },
  reopenAccount: { zh: '解封', from: ['SEALED'], to: 'ACTIVE', kept: 'REOPEN' },
  revokeAccount: { zh: '注销', from: ['FILED', 'ACTIVE', 'SEALED'], to: 'REVOKED', kept: 'REVOKE' },
} as const satisfies Record<string, AccountRow>;
export type AccountActName = keyof typeof ACCOUNT_ACTS;

/** An account with where it belongs. */
export interface KnownAccount {
  readonly account: Account;
  readonly place: AccountPlace;
}

/** What speaks against an act whatever it is: whose account it is, its state, the reason. */
export function accountActErrors(
  act: AccountActName,
  known: KnownAccount | null,
  reason: string | null,
  viewer: Viewer,
): UserError[] {
  if (known?.account.name === viewer.account) return [userError('ACCOUNT_IS_YOURS', ['account'])];
  if (!known || !isAbove(viewer, known.account.role, known.place))
    return [userError('NOT_FOUND', ['account'])];
  return [...stateErrors(act, known.account.state), ...reasonErrors(reason)];
}

function stateErrors(act: AccountActName, state: AccountState): UserError[] {
  const rows = Object.entries(ACCOUNT_ACTS) as [AccountActName, AccountRow][];
  if ((ACCOUNT_ACTS[act].from as readonly AccountState[]).includes(state)) return [];
  const open = rows.filter(([, { from }]) => from.includes(state)).map(([name, { zh }]) => `${zh} ${name}`);
  return [
    userError('ACCOUNT_ACT_NOT_OPEN', ['account'], {
      state: `${ACCOUNT_STATE[state].zh} ${state}`,
      action: `${ACCOUNT_ACTS[act].zh} ${act}`,
      open: open.join(' / ') || '—',
    }),
  ];
}

export const CERTIFICATE_MAX = 40;

/** The training that comes before the post. */
export interface Certificate {
  readonly certificateNumber: string;
  readonly certifiedOn: PlainDate;
}

export function certificateErrors(
  { certificateNumber, certifiedOn }: Certificate,
  today: PlainDate,
): UserError[] {
  const errors = textErrors('certificateNumber', certificateNumber, CERTIFICATE_MAX);
  if (!isPlainDate(certifiedOn)) return [...errors, userError('DATE_IMPOSSIBLE', ['certifiedOn'])];
  return compare(certifiedOn, today) > 0
    ? [...errors, userError('CERTIFICATE_DATE_FUTURE', ['certifiedOn'])]
    : errors;
}

/** More than half a year without use. */
export const IDLE_DAYS = 180;

/** Accounts last used before this day have been idle too long. */
export const idleBefore = (today: PlainDate): PlainDate => addDays(today, -IDLE_DAYS);

/** What it is by the clock, whether or not the clock has written it down yet. */
export const stateOn = (
  { state, usedOn }: Pick<Account, 'state' | 'usedOn'>,
  today: PlainDate,
): AccountState =>
  state === 'ACTIVE' && usedOn !== null && compare(usedOn, idleBefore(today)) < 0 ? 'SEALED' : state;
