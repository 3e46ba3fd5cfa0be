import { openStore, type Store, type StoreLocation, type WithEach } from '../../../kernel/store/open.ts';
import { caseReportMigration } from './case-reports.ts';
import { clientQuotaMigration } from './client-quotas.ts';
import { clientUseMigration } from './client-use.ts';
import { create } from './migrations/1-create.ts';
import { takeOvers } from './migrations/2-take-overs.ts';
import { feed } from './migrations/3-feed.ts';
import { sealedChildren } from './migrations/6-sealed-children.ts';
import { lateLinks } from './migrations/8-late-links.ts';
import { tables, type PrimaryLinkTables } from './tables.ts';

export type PrimaryLinkStore = Store<PrimaryLinkTables & WithEach>;

export const definition = {
  name: 'primary-link',
  tables,
  migrations: (kit: Parameters<typeof tables>[0]) => [
    create(kit),
    takeOvers(kit),
    feed(kit),
    clientUseMigration(kit),
    caseReportMigration(kit),
    sealedChildren(kit),
    clientQuotaMigration(kit),
    lateLinks(kit),
  ],
};

export const openPrimaryLinkStore = (location: StoreLocation, options?: { migrate?: boolean }) =>
  openStore(definition, location, options);
