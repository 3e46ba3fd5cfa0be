/** Accounts that stand before anybody could file them: an installation's first, and those of a demonstration. */
import { ON_REQUEST, type Action } from '../../../../kernel/rules/actions.ts';
import { today } from '../../../../kernel/rules/plain-date.ts';
import { NATION } from '../../../../kernel/rules/viewer.ts';
import { newId } from '../../../../kernel/store/ids.ts';
import type { Account } from '../../model.ts';
import type { Certificate } from '../../rules/accounts/acts.ts';
import { grantable } from '../../rules/accounts/filing.ts';
import type { NewAccount } from '../../rules/accounts/opening.ts';
import { accountQueries } from '../../store/accounts.ts';
import type { InstitutionStore } from '../../store/store.ts';
import { holderOf, placedAs } from './open-account.ts';
import { insertAccounts } from './versions.ts';

export interface FirstAccount extends Omit<NewAccount, 'rights'>, Certificate {
  /** Of the rights that are given by name only, those it has. */
  readonly named?: readonly Action[];
}

/** Makes those that are not there, active with every right their role brings; answers their names. The operator vouches. */
export async function bootstrapAccounts(
  store: InstitutionStore,
  now: () => Date,
  wanted: readonly FirstAccount[],
): Promise<string[]> {
  const at = now();
  const there = await accountQueries(store).accountsByName(wanted.map(({ name }) => name));
  const missing = wanted.filter(({ name }) => !there.some((one) => one.name === name));
  const rows = missing.map((one): Account => ({
    ...placedAs(one),
    id: newId(at.getTime()),
    name: one.name,
    holderName: one.holderName,
    holder: holderOf(store.keys, one),
    duty: one.duty,
    rights: grantable(one.role, one.duty).filter(
      (right) => !ON_REQUEST.includes(right) || one.named?.includes(right),
    ),
    certificateNumber: one.certificateNumber,
    certifiedOn: one.certifiedOn,
    state: 'ACTIVE',
    usedOn: today(at),
    changedAt: at,
    version: 1,
  }));
  const doing = { account: '', authority: NATION.code, at, reason: null };
  await store.transaction((tx) => insertAccounts(tx, store, rows, 'BOOTSTRAP', doing));
  return missing.map(({ name }) => name);
}
