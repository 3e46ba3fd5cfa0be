import { openStore, type Store, type StoreLocation, type WithEach } from '../../../kernel/store/open.ts';
import { create } from './migrations/1-create.ts';
import { clock } from './migrations/2-clock.ts';
import { leaveReason } from './migrations/3-leave-reason.ts';
import { life } from './migrations/4-life.ts';
import { settings } from './migrations/5-settings.ts';
import { institutions } from './migrations/6-institutions.ts';
import { graduation } from './migrations/7-graduation.ts';
import { numberChainIndex } from './migrations/8-number-chain.ts';
import { queue } from './migrations/10-queue.ts';
import { budgets } from './migrations/12-budgets.ts';
import { promotion } from './migrations/13-promotion.ts';
import { sealedChildren } from './migrations/14-sealed-children.ts';
import { problemCases } from './migrations/11-problem-cases.ts';
import { dataExports } from './migrations/15-data-exports.ts';
import { tables, type RecordTables } from './tables.ts';

export type RecordStore = Store<RecordTables & WithEach>;

export const definition = {
  name: 'records',
  tables,
  migrations: (kit: Parameters<typeof tables>[0]) => [
    create(kit),
    clock(kit),
    leaveReason(),
    life(kit),
    settings(kit),
    institutions(kit),
    graduation(kit),
    numberChainIndex(),
    queue(),
    problemCases(kit),
    budgets(kit),
    promotion(kit),
    sealedChildren(kit),
    dataExports(kit),
  ],
};

export const openRecordStore = (location: StoreLocation, options?: { migrate?: boolean }) =>
  openStore(definition, location, options);
