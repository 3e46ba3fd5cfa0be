/** The first three accounts of a new installation, from its operator; everybody else is filed by somebody. */
import { today } from '../../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../../kernel/rules/user-errors.ts';
import { NATION, type Viewer } from '../../../../kernel/rules/viewer.ts';
import { firstAdminErrors, type FirstAdmin } from '../../rules/accounts/first-admins.ts';
import { ADMINS } from '../../rules/accounts/filing.ts';
import { accountQueries } from '../../store/accounts.ts';
import type { InstitutionStore } from '../../store/store.ts';
import { bootstrapAccounts } from './bootstrap.ts';
import { holderOf } from './open-account.ts';

const OPERATOR: Viewer = { account: 'operator', role: 'SYSTEM_ADMIN', area: NATION };

/** Files and activates them, once: where there is an administrator already, only the administrators may. */
export async function fileFirstAdmins(
  store: InstitutionStore,
  now: () => Date,
  wanted: readonly FirstAdmin[],
): Promise<readonly UserError[]> {
  const queries = accountQueries(store);
  for (const role of ADMINS) {
    const [there] = await queries.accounts({ area: NATION, role, state: null }, 1, null);
    if (there) return [userError('ADMINS_THERE')];
  }
  const taken = await queries.accountsByName(wanted.map(({ name }) => name));
  const facts = await Promise.all(
    wanted.map(async (one) => ({
      nameTaken: taken.some(({ name }) => name === one.name),
      held: await queries.accountsHeldBy([holderOf(store.keys, one)]),
    })),
  );
  const userErrors = firstAdminErrors(wanted, facts, OPERATOR, today(now()));
  if (userErrors.length === 0) await bootstrapAccounts(store, now, wanted);
  return userErrors;
}
