import type { Subgraph } from '../../kernel/graph/subgraph.ts';
import { sealAudit } from '../../kernel/serve/audit-sealing.ts';
import { every } from '../../kernel/serve/every.ts';
import { createLog, faultFacts } from '../../kernel/serve/log.ts';
import { passingReceiptKey } from '../../kernel/serve/receipts.ts';
import { isMain, runSubgraph, type SubgraphOptions } from '../../kernel/serve/subgraph-process.ts';
import { contextOf } from './graph/context.ts';
import { primaryLinkGraph } from './graph/graph.ts';
import { primaryLinkServices } from './service.ts';
import { openPrimaryLinkStore } from './store/store.ts';

const KEEP_TIME_EVERY_MS = 5000;
const SEQUENCE_EVERY_MS = 1000;

export async function openPrimaryLink({
  location,
  peers,
  now,
  migrate = true,
  receipts = passingReceiptKey(),
}: SubgraphOptions): Promise<Subgraph> {
  const store = await openPrimaryLinkStore(location, { migrate });
  const services = primaryLinkServices({ store, peers, now, receipts });
  const primaryLink = services.whole;
  const sealing = sealAudit('primary-link', store);
  const log = createLog('primary-link');
  const failing = (what: string) => (error: unknown) => log.warn(faultFacts(error), what);
  const sequencing = every(SEQUENCE_EVERY_MS, primaryLink.sequence, failing('feed not sequenced'));
  const ticking = every(KEEP_TIME_EVERY_MS, primaryLink.finishLeft, failing('take-overs not settled'));
  const rest = async () => {
    await Promise.all([ticking.stop(), sequencing.stop()]);
  };
  return {
    name: 'primary-link',
    ...primaryLinkGraph(),
    context: (call) => contextOf(services, call),
    ready: () => store.ready(),
    tick: () => primaryLink.keepTime(),
    rest,
    async close() {
      await rest();
      await sealing.stop();
      await store.close();
    },
    stats: store.stats,
    gauges: primaryLink.gauges,
  };
}

if (isMain(import.meta.url)) await runSubgraph('primary-link', 4004, openPrimaryLink);
