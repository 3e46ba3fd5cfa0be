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
const KEEP_TIME_EVERY_MS = 60_000;

export async function openRecords({
  location,
  peers,
  now,
  migrate = true,
}: SubgraphOptions): Promise<Subgraph> {
  const store = await openRecordStore(location, { migrate });
  if (migrate) await seedCalendar({ store, now }, readCalendarYears());
  const records = recordService(store, peers, now);
  const tick = () => records.keepTime();
  const folding = every(FOLD_EVERY_MS, () => records.foldCounts(), 'counts not folded');
  const ticking = every(KEEP_TIME_EVERY_MS, tick, 'time not kept');
  return {
    name: 'records',
    ...recordsGraph(),
    context: (call): Context => ({
      ...call,
      records,
      loaders: loadersOf(records, call.viewer),
    }),
    ready: () => store.ready(),
    tick,
    async close() {
      await Promise.all([folding.stop(), ticking.stop()]);
      await store.close();
    },
    stats: store.stats,
  };
}

/**
 * Does something every so often until stopped. What fails costs nothing but time: queries add what is not folded, and
 * what is overdue stays so until the next turn.
 */
function every(ms: number, work: () => Promise<unknown>, failed: string) {
  const log = createLog('records');
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(work).catch((error: unknown) => log.warn(faultFacts(error), failed));
  }, ms).unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

if (isMain(import.meta.url)) await runSubgraph('records', 4003, openRecords);
