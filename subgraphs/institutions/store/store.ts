import { openStore, type Store, type StoreLocation, type WithEach } from '../../../kernel/store/open.ts';
import { create } from './migrations/1-create.ts';
import { accounts } from './migrations/3-accounts.ts';
import { breakGlass } from './migrations/4-break-glass.ts';
import { budgets } from './migrations/5-budgets.ts';
import { versions } from './migrations/2-versions.ts';
import { tables, type InstitutionTables } from './tables.ts';

export type InstitutionStore = Store<InstitutionTables & WithEach>;

export const definition = {
  name: 'institutions',
  tables,
  migrations: (kit: Parameters<typeof tables>[0]) => [
    create(kit),
    versions(kit),
    accounts(kit),
    breakGlass(kit),
    budgets(kit),
  ],
};

export const openInstitutionStore = (location: StoreLocation, options?: { migrate?: boolean }) =>
  openStore(definition, location, options);
