import { readCalendarYears } from '../../kernel/calendar-data.ts';
import type { Subgraph } from '../../kernel/graph/subgraph.ts';
import { createLog, faultFacts } from '../../kernel/serve/log.ts';
import { isMain, runSubgraph, type SubgraphOptions } from '../../kernel/serve/subgraph-process.ts';
import type { Context } from './graph/context.ts';
import { recordsGraph } from './graph/graph.ts';
import { loadersOf } from './graph/loaders.ts';
import { recordService } from './service.ts';
import { seedCalendar } from './service/load-calendar.ts';
import { openRecordStore } from './store/store.ts';

const FOLD_EVERY_MS = 1000;

export async function openRecords({
  location,
  peers,
  now,
  migrate = true,
}: SubgraphOptions): Promise<Subgraph> {
  const store = await openRecordStore(location, { migrate });
  if (migrate) await seedCalendar({ store, now }, readCalendarYears());
  const records = recordService(store, peers, now);
  const folding = foldEvery(FOLD_EVERY_MS, () => records.foldCounts());
  return {
    name: 'records',
    ...recordsGraph(),
    context: (viewer, requestId): Context => ({
      viewer,
      requestId,
      records,
      loaders: loadersOf(records, viewer),
    }),
    ready: () => store.ready(),
    async close() {
      await folding.stop();
      await store.close();
    },
    stats: store.stats,
  };
}

/** Folds counts until stopped. A fold that fails costs nothing but time: queries add what is not folded. */
function foldEvery(ms: number, fold: () => Promise<number>) {
  const log = createLog('records');
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(fold).catch((error: unknown) => log.warn(faultFacts(error), 'counts not folded'));
  }, ms).unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

if (isMain(import.meta.url)) await runSubgraph('records', 4003, openRecords);
