import type { Kit } from '../../../../kernel/store/kit.ts';
import { creation } from '../../../../kernel/store/migration.ts';
import { newFeedTables } from '../feed.ts';

export const feed = (kit: Kit) => creation('CreateFeed1764000000003', kit, newFeedTables(kit));
