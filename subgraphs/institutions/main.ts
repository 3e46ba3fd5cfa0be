import { readAccessMatrix } from '../../kernel/access-matrix.ts';
import type { Subgraph } from '../../kernel/graph/subgraph.ts';
import { readRegionTree } from '../../kernel/region-data.ts';
import { sealAudit } from '../../kernel/serve/audit-sealing.ts';
import { createLog, faultFacts } from '../../kernel/serve/log.ts';
import { every } from '../../kernel/serve/every.ts';
import { isMain, runSubgraph, type SubgraphOptions } from '../../kernel/serve/subgraph-process.ts';
import type { Context } from './graph/context.ts';
import { institutionsGraph } from './graph/graph.ts';
import { loadersOf } from './graph/loaders.ts';
import { overlaid } from './rules/region-changes.ts';
import { institutionService } from './service.ts';
import { bootstrapAccounts, type FirstAccount } from './service/accounts/bootstrap.ts';
import { loadRegions } from './store/regions.ts';
import { openInstitutionStore } from './store/store.ts';

const TICK_MS = 1000;
const SEAL_IDLE_EVERY_MS = 60 * 60_000;

/** Can also be given accounts by its operator, where there is nobody yet to file them. */
export interface InstitutionsSubgraph extends Subgraph {
  bootstrap(accounts: readonly FirstAccount[]): Promise<string[]>;
}

export async function openInstitutions({
  location,
  peers,
  now,
  migrate = true,
}: SubgraphOptions): Promise<InstitutionsSubgraph> {
  const store = await openInstitutionStore(location, { migrate });
  const log = createLog('institutions');
  const institutions = institutionService(store, peers, now, (error) => {
    log.warn(faultFacts(error), 'changes not delivered');
  });
  if (migrate) await loadRegions(store, overlaid(readRegionTree(), await institutions.regionChanges()));
  const ticking = setInterval(institutions.outbox.tick, TICK_MS).unref();
  const sealing = every(SEAL_IDLE_EVERY_MS, institutions.sealIdleAccounts, (error) =>
    log.warn(faultFacts(error), 'idle accounts not sealed'),
  );
  const auditing = sealAudit('institutions', store);
  const rest = async () => {
    clearInterval(ticking);
    await sealing.stop();
    await institutions.outbox.stop();
  };
  let matrix: ReturnType<typeof readAccessMatrix> | undefined;
  return {
    name: 'institutions',
    ...institutionsGraph(),
    context: (call): Context => {
      const answering = institutions.during(call);
      return {
        ...call,
        institutions: answering,
        loaders: loadersOf(answering),
        matrix: () => (matrix ??= readAccessMatrix()),
      };
    },
    ready: () => store.ready(),
    bootstrap: (accounts) => bootstrapAccounts(store, now, accounts),
    async tick() {
      await institutions.sealIdleAccounts();
      await institutions.outbox.deliver();
    },
    rest,
    async close() {
      await rest();
      await auditing.stop();
      await store.close();
    },
    stats: store.stats,
  };
}

if (isMain(import.meta.url)) await runSubgraph('institutions', 4002, openInstitutions);
