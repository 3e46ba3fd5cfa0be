import { openStore, type Store, type StoreLocation, type WithEach } from '../../../kernel/store/open.ts';
import { create } from './migrations/1-create.ts';
import { lifeOfARecord } from './migrations/2-life-of-a-record.ts';
import { statements } from './migrations/3-statements.ts';
import { institutionsMoved } from './migrations/4-institutions-moved.ts';
import { budgets } from './migrations/5-budgets.ts';
import { childSeals, sealedChildren } from './migrations/6-sealed-children.ts';
import { guardianBindings } from './migrations/8-guardian-bindings.ts';
import { tables, type ChildTables } from './tables.ts';

export type ChildStore = Store<ChildTables & WithEach>;

export const definition = {
  name: 'children',
  tables,
  migrations: (kit: Parameters<typeof tables>[0]) => [
    create(kit),
    lifeOfARecord(kit),
    statements(kit),
    institutionsMoved(kit),
    budgets(kit),
    sealedChildren(kit),
    childSeals(kit),
    guardianBindings(kit),
  ],
};

export const openChildStore = (location: StoreLocation, options?: { migrate?: boolean }) =>
  openStore(definition, location, options);
