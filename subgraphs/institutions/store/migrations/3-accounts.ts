import type { Kit } from '../../../../kernel/store/kit.ts';
import { creation } from '../../../../kernel/store/migration.ts';
import { account, ACCOUNT_INDICES, accountVersion } from '../account-columns.ts';

export const accounts = (kit: Kit) =>
  creation('Accounts1764000000003', kit, [
    { name: 'account', columns: account(kit), indices: ACCOUNT_INDICES },
    { name: 'account_version', columns: accountVersion(kit) },
  ]);
