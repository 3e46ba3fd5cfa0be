/** Accounts that stand before anybody could file them: an installation's first, and those of a demonstration. */
import { ON_REQUEST, type Action } from '../../../../kernel/rules/actions.ts';
import { today, type PlainDate } from '../../../../kernel/rules/plain-date.ts';
import { NATION } from '../../../../kernel/rules/viewer.ts';
import { newId } from '../../../../kernel/store/ids.ts';
import type { Account } from '../../model.ts';
import { stateOn, type Certificate } from '../../rules/accounts/acts.ts';
import { grantable } from '../../rules/accounts/filing.ts';
import type { NewAccount } from '../../rules/accounts/opening.ts';
import { accountQueries, type AccountQueries } from '../../store/accounts.ts';
import type { InstitutionStore } from '../../store/store.ts';
import { holderOf, placedAs } from './open-account.ts';
import { insertAccounts, writeAccounts } from './versions.ts';

export interface FirstAccount extends Omit<NewAccount, 'rights'>, Certificate {
  /** Of the rights that are given by name only, those it has. */
  readonly named?: readonly Action[];
}

/**
 * Makes those that are not there, active with every right their role brings, and opens those again that the clock has sealed
 * because nobody came for half a year; answers the names of the new. The operator vouches.
 */
export async function bootstrapAccounts(
  store: InstitutionStore,
  now: () => Date,
  wanted: readonly FirstAccount[],
): Promise<string[]> {
  const at = now();
  const queries = accountQueries(store);
  const there = await queries.accountsByName(wanted.map(({ name }) => name));
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
  const reopened = (await sealedByClock(queries, there, today(at))).map((before) => ({
    before,
    after: { ...before, state: 'ACTIVE' as const, usedOn: today(at), changedAt: at },
    act: 'REOPEN' as const,
  }));
  await store.transaction(async (tx) => {
    await insertAccounts(tx, store, rows, 'BOOTSTRAP', doing);
    await writeAccounts(tx, store, reopened, doing);
  });
  return missing.map(({ name }) => name);
}

/** Also those it has not come to yet; whom a person has sealed, a person opens. */
async function sealedByClock(
  queries: AccountQueries,
  accounts: readonly Account[],
  on: PlainDate,
): Promise<Account[]> {
  const idle = accounts.filter((account) => stateOn(account, on) === 'SEALED');
  const versions = await queries.versionsByAccount(idle.map(({ id }) => id));
  const lastAct = new Map(versions.map(({ accountId, act }) => [accountId, act]));
  return idle.filter(({ id, state }) => state === 'ACTIVE' || lastAct.get(id) === 'SEAL_IDLE');
}
