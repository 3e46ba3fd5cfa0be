import type { Subgraph } from '../../kernel/graph/subgraph.ts';
import { sealAudit } from '../../kernel/serve/audit-sealing.ts';
import { every } from '../../kernel/serve/every.ts';
import { createLog, faultFacts } from '../../kernel/serve/log.ts';
import { isMain, runSubgraph, type SubgraphOptions } from '../../kernel/serve/subgraph-process.ts';
import { contextOf } from './graph/context.ts';
import { childrenGraph } from './graph/graph.ts';
import { childServices } from './service.ts';
import { openChildStore } from './store/store.ts';

/** How soon a neighbour that did not answer is told again which children are sealed. */
const TELL_SEALS_EVERY_MS = 2_000;

export async function openChildren({
  location,
  peers,
  now,
  migrate = true,
}: SubgraphOptions): Promise<Subgraph> {
  const store = await openChildStore(location, { migrate });
  const services = childServices({ store, peers, now });
  const log = createLog('children');
  const telling = every(TELL_SEALS_EVERY_MS, services.whole.tellSeals, (error) =>
    log.warn(faultFacts(error), 'seals not told'),
  );
  const sealing = sealAudit('children', store);
  return {
    name: 'children',
    ...childrenGraph(),
    context: (call) => contextOf(services, call),
    ready: () => store.ready(),
    tick: () => services.whole.tellSeals(),
    rest: () => telling.stop(),
    async close() {
      await telling.stop();
      await sealing.stop();
      await store.close();
    },
    stats: store.stats,
  };
}

if (isMain(import.meta.url)) await runSubgraph('children', 4001, openChildren);
