import type { Subgraph } from '../../kernel/graph/subgraph.ts';
import { sealAudit } from '../../kernel/serve/audit-sealing.ts';
import { isMain, runSubgraph, type SubgraphOptions } from '../../kernel/serve/subgraph-process.ts';
import type { Context } from './graph/context.ts';
import { primaryLinkGraph } from './graph/graph.ts';
import { primaryLinkService } from './service.ts';
import { openPrimaryLinkStore } from './store/store.ts';

export async function openPrimaryLink({
  location,
  peers,
  now,
  migrate = true,
}: SubgraphOptions): Promise<Subgraph> {
  const store = await openPrimaryLinkStore(location, { migrate });
  const primaryLink = primaryLinkService({ store, peers, now });
  const sealing = sealAudit('primary-link', store);
  return {
    name: 'primary-link',
    ...primaryLinkGraph(),
    context: (call): Context => ({ ...call, primaryLink }),
    ready: () => store.ready(),
    close: () => sealing.stop().then(() => store.close()),
    stats: store.stats,
  };
}

if (isMain(import.meta.url)) await runSubgraph('primary-link', 4004, openPrimaryLink);
