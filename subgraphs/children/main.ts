import type { Subgraph } from '../../kernel/graph/subgraph.ts';
import { sealAudit } from '../../kernel/serve/audit-sealing.ts';
import { isMain, runSubgraph, type SubgraphOptions } from '../../kernel/serve/subgraph-process.ts';
import { contextOf } from './graph/context.ts';
import { childrenGraph } from './graph/graph.ts';
import { childService } from './service.ts';
import { openChildStore } from './store/store.ts';

export async function openChildren({
  location,
  peers,
  now,
  migrate = true,
}: SubgraphOptions): Promise<Subgraph> {
  const store = await openChildStore(location, { migrate });
  const children = childService({ store, peers, now });
  const sealing = sealAudit('children', store);
  return {
    name: 'children',
    ...childrenGraph(),
    context: (call) => contextOf(children, call),
    ready: () => store.ready(),
    close: () => sealing.stop().then(() => store.close()),
    stats: store.stats,
  };
}

if (isMain(import.meta.url)) await runSubgraph('children', 4001, openChildren);
