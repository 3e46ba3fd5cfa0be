import type { Eyes } from '../../../kernel/store/sealed-children.ts';
import { asOfQueries } from './as-of.ts';
import { countQueries } from './counts.ts';
import { dataExportQueries } from './data-exports.ts';
import { delayQueries } from './delays.ts';
import { graduationQueries } from './graduation.ts';
import { institutionQueries } from './institution-changes.ts';
import { ledToQueries } from './led-to.ts';
import { offerQueries } from './offers.ts';
import { problemQueries } from './problem-cases.ts';
import { promotionQueries } from './promotions.ts';
import { recordQueries } from './queries.ts';
import { queueQueries } from './queue.ts';
import { settingQueries } from './settings.ts';
import type { RecordStore } from './store.ts';

/** Everything that is read of this subgraph's tables, as far as these eyes reach. */
export const recordReads = (store: RecordStore, eyes: Eyes) => ({
  ...recordQueries(store, eyes),
  ...countQueries(store, eyes),
  ...settingQueries(store),
  ...delayQueries(store, eyes),
  ...institutionQueries(store, eyes),
  ...asOfQueries(store, eyes),
  ...offerQueries(store, eyes),
  ...graduationQueries(store, eyes),
  ...queueQueries(store, eyes),
  ...promotionQueries(store, eyes),
  ...ledToQueries(store, eyes),
  ...problemQueries(store, eyes),
  ...dataExportQueries(store),
});
export type RecordReads = ReturnType<typeof recordReads>;
