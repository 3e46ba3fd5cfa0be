import { appendAudit } from '../../../../kernel/store/audit/append.ts';
import type { Audited } from '../../../../kernel/store/audit/entry.ts';
import type { Transaction } from '../../../../kernel/store/rows.ts';
import type { Account, AccountAct, AccountVersion } from '../../model.ts';
import type { InstitutionStore } from '../../store/store.ts';

/** Who did it, when and why; no account where the clock or the operator did. */
export interface AccountDoing {
  readonly account: string;
  /** The region whose authority answers for it. */
  readonly authority: string;
  readonly at: Date;
  readonly reason: string | null;
}

export interface ChangedAccount {
  readonly before: Account;
  readonly after: Account;
  readonly act: AccountAct;
}

/** Writes what accounts have become and, in the same transaction, that they have. */
export async function writeAccounts(
  tx: Transaction,
  { tables }: Pick<InstitutionStore, 'tables'>,
  changed: readonly ChangedAccount[],
  doing: AccountDoing,
): Promise<void> {
  await tx.update(tables.account, changed);
  await tx.insert(
    tables.accountVersion,
    changed.map(({ before, after, act }) => versionOf({ ...after, version: before.version + 1 }, act, doing)),
  );
  await appendAudit(
    { tables },
    tx,
    changed.map(({ after, act }) => audited(after, act, doing)),
  );
}

/** Files new accounts with the first page of their histories. */
export async function insertAccounts(
  tx: Transaction,
  { tables }: Pick<InstitutionStore, 'tables'>,
  accounts: readonly Account[],
  act: AccountAct,
  doing: AccountDoing,
): Promise<void> {
  await tx.insert(tables.account, accounts);
  await tx.insert(
    tables.accountVersion,
    accounts.map((account) => versionOf(account, act, doing)),
  );
  await appendAudit(
    { tables },
    tx,
    accounts.map((account) => audited(account, act, doing)),
  );
}

const audited = ({ id }: Account, act: AccountAct, { authority, reason }: AccountDoing): Audited => ({
  ...{ action: `${act}_ACCOUNT`, authority, subjectType: 'ACCOUNT', subjectId: id, reason },
});

function versionOf(
  { id, version, state, duty, rights, certifiedOn }: Account,
  act: AccountAct,
  { account, at, reason }: AccountDoing,
): AccountVersion {
  return { accountId: id, seq: version, act, state, duty, rights, certifiedOn, account, at, reason };
}
