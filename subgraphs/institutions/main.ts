import type { Subgraph } from '../../kernel/graph/subgraph.ts';
import { readRegionTree } from '../../kernel/region-data.ts';
import { isMain, runSubgraph, type SubgraphOptions } from '../../kernel/serve/subgraph-process.ts';
import type { Context } from './graph/context.ts';
import { institutionsGraph } from './graph/graph.ts';
import { loadersOf } from './graph/loaders.ts';
import { overlaid } from './rules/region-changes.ts';
import { institutionService } from './service.ts';
import { loadRegions } from './store/regions.ts';
import { openInstitutionStore } from './store/store.ts';

export async function openInstitutions({
  location,
  peers,
  now,
  migrate = true,
}: SubgraphOptions): Promise<Subgraph> {
  const store = await openInstitutionStore(location, { migrate });
  const institutions = institutionService(store, peers, now);
  if (migrate) await loadRegions(store, overlaid(readRegionTree(), await institutions.regionChanges()));
  return {
    name: 'institutions',
    ...institutionsGraph(),
    context: (viewer, requestId): Context => ({
      viewer,
      requestId,
      institutions,
      loaders: loadersOf(institutions),
    }),
    ready: () => store.ready(),
    close: () => store.close(),
    stats: store.stats,
  };
}

if (isMain(import.meta.url)) await runSubgraph('institutions', 4002, openInstitutions);
