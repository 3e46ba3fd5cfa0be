/** The acts on one account, each as what it has of its own. */
import { today } from '../../../../kernel/rules/plain-date.ts';
import type { UserError } from '../../../../kernel/rules/user-errors.ts';
import { userError } from '../../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../../kernel/rules/viewer.ts';
import { performBatch } from '../../../../kernel/store/batch.ts';
import type { Account, AccountDuty } from '../../model.ts';
import {
  ACCOUNT_ACTS,
  accountActErrors,
  certificateErrors,
  type AccountActName,
  type Certificate,
} from '../../rules/accounts/acts.ts';
import { dutyFits } from '../../rules/accounts/filing.ts';
import { rightsErrors, rightsGiven } from '../../rules/accounts/opening.ts';
import { reasonOf } from '../../rules/texts.ts';
import type { Deps, Opened } from '../../service.ts';
import { placesOf } from './places.ts';
import { writeAccounts } from './versions.ts';

export interface AccountWish {
  /** The account's name. */
  readonly account: string;
  readonly reason: string | null;
}

interface OneAct {
  readonly errors?: (account: Account, day: string) => readonly UserError[];
  readonly after?: (account: Account, day: string) => Partial<Account>;
}

function changeAccountBy(
  deps: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  act: AccountActName,
  wish: AccountWish,
  { errors = () => [], after = () => ({}) }: OneAct,
) {
  const { store, queries, accounts } = deps;
  const at = deps.now();
  const day = today(at);
  const { to, kept } = ACCOUNT_ACTS[act];
  return performBatch(store, {
    viewer,
    idempotencyKey,
    act,
    items: [wish],
    async gather() {
      const [account] = await accounts.accountsByName([wish.account]);
      if (!account) return null;
      const [place] = await placesOf(queries, [account]);
      return place ? { account, place } : null;
    },
    async write(tx, known): Promise<Opened[]> {
      const common = accountActErrors(act, known, wish.reason, viewer);
      const userErrors = common.length > 0 ? common : errors(known!.account, day);
      if (userErrors.length > 0) return [{ id: null, userErrors }];
      const before = known!.account;
      const state = to === 'SAME' ? before.state : to;
      const changed: Account = { ...before, ...after(before, day), state, changedAt: at };
      const doing = {
        account: viewer.account,
        authority: viewer.area.code,
        at,
        reason: reasonOf(wish.reason),
      };
      await writeAccounts(tx, store, [{ before, after: changed, act: kept }], doing);
      return [{ id: before.id, userErrors }];
    },
  });
}

export const activateAccount = (deps: Deps, viewer: Viewer, key: string, wish: AccountWish & Certificate) =>
  changeAccountBy(deps, viewer, key, 'activateAccount', wish, {
    errors: (_, day) => certificateErrors(wish, day),
    after: (_, day) => ({
      certificateNumber: wish.certificateNumber.trim(),
      certifiedOn: wish.certifiedOn,
      usedOn: day,
    }),
  });

export interface AccountChange extends AccountWish {
  readonly duty: AccountDuty | null;
  readonly rights: readonly string[];
}

export const changeAccount = (deps: Deps, viewer: Viewer, key: string, wish: AccountChange) =>
  changeAccountBy(deps, viewer, key, 'changeAccount', wish, {
    errors: ({ role }) => [
      ...(dutyFits({ role, duty: wish.duty }) ? [] : [userError('ACCOUNT_DUTY_REQUIRED', ['duty'])]),
      ...rightsErrors({ role, duty: wish.duty }, wish.rights, viewer),
    ],
    after: ({ role }) => ({
      duty: wish.duty,
      rights: rightsGiven({ role, duty: wish.duty }, wish.rights, viewer),
    }),
  });

export const sealAccount = (deps: Deps, viewer: Viewer, key: string, wish: AccountWish) =>
  changeAccountBy(deps, viewer, key, 'sealAccount', wish, {});

/** It counts as used on the day it is opened again, or the clock would seal it at once. */
export const reopenAccount = (deps: Deps, viewer: Viewer, key: string, wish: AccountWish) =>
  changeAccountBy(deps, viewer, key, 'reopenAccount', wish, { after: (_, day) => ({ usedOn: day }) });

export const revokeAccount = (deps: Deps, viewer: Viewer, key: string, wish: AccountWish) =>
  changeAccountBy(deps, viewer, key, 'revokeAccount', wish, {});
