import { readCalendarYears } from '../../kernel/calendar-data.ts';
import type { Subgraph } from '../../kernel/graph/subgraph.ts';
import { sealAudit } from '../../kernel/serve/audit-sealing.ts';
import { every } from '../../kernel/serve/every.ts';
import { createLog, faultFacts } from '../../kernel/serve/log.ts';
import { isMain, runSubgraph, type SubgraphOptions } from '../../kernel/serve/subgraph-process.ts';
import { contextOf } from './graph/context.ts';
import { recordsGraph } from './graph/graph.ts';
import { recordServices } from './service.ts';
import { seedCalendar } from './service/load-calendar.ts';
import { openRecordStore } from './store/store.ts';

const FOLD_EVERY_MS = 1000;
const TELL_EVERY_MS = 1000;
const KEEP_TIME_EVERY_MS = 60_000;
const TEND_EXPORTS_EVERY_MS = 5_000;

export async function openRecords({
  location,
  peers,
  now,
  migrate = true,
}: SubgraphOptions): Promise<Subgraph> {
  const store = await openRecordStore(location, { migrate });
  if (migrate) await seedCalendar({ store, now }, readCalendarYears());
  const services = recordServices(store, peers, now);
  const records = services.whole;
  // What leaves is what everybody may see: a sealed child is in no file.
  const { tendDataExports } = services.shielded;
  const tick = async () => {
    await records.keepTime();
    await records.deliverRecordChanges();
    await tendDataExports();
  };
  const log = createLog('records');
  const failing = (what: string) => (error: unknown) => log.warn(faultFacts(error), what);
  const folding = every(FOLD_EVERY_MS, () => records.foldCounts(), failing('counts not folded'));
  const ticking = every(KEEP_TIME_EVERY_MS, (goesOn) => records.keepTime(goesOn), failing('time not kept'));
  const telling = every(TELL_EVERY_MS, records.deliverRecordChanges, failing('changes not told'));
  const exporting = every(TEND_EXPORTS_EVERY_MS, tendDataExports, failing('exports not tended'));
  const rest = async () => {
    await Promise.all([folding.stop(), telling.stop(), ticking.stop(), exporting.stop()]);
  };
  const sealing = sealAudit('records', store);
  return {
    name: 'records',
    ...recordsGraph(),
    context: (call) => contextOf(services, call),
    ready: () => store.ready(),
    tick,
    rest,
    async close() {
      await rest();
      await sealing.stop();
      await store.close();
    },
    stats: store.stats,
  };
}

if (isMain(import.meta.url)) await runSubgraph('records', 4003, openRecords);
