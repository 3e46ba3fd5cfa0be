/** What one process owns alone: the data directory with its keys, the development issuer, the four databases. */
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { demoAccounts } from '../clients/cli/demo/first-accounts.ts';
import { openDevIssuer, type DevIssuer } from '../gateway/dev-issuer.ts';
import type { GatewayEnv } from '../kernel/serve/config.ts';
import { inProcess } from '../kernel/serve/in-process.ts';
import { createLog } from '../kernel/serve/log.ts';
import { watchStats } from '../kernel/serve/metrics.ts';
import { ensureReceiptKeys } from '../kernel/serve/receipts.ts';
import { GATEWAY, watchStandings, type Standings } from '../kernel/serve/standings.ts';
import { loadFieldKeys } from '../kernel/store/seal.ts';
import { openSubgraphs } from './graph.ts';

export interface House {
  readonly issuer: DevIssuer;
  readonly graph: Awaited<ReturnType<typeof openSubgraphs>>;
  readonly standings: Standings;
}

export async function openHouse({ DATA_DIR, NODE_ENV, CRYPTO_SUITE }: GatewayEnv): Promise<House> {
  // First of all, so that nothing is opened or seeded where development tokens have no place.
  const issuer = await openDevIssuer(DATA_DIR, NODE_ENV);
  mkdirSync(DATA_DIR, { recursive: true, mode: 0o700 });
  chmodSync(DATA_DIR, 0o700);
  const keys = loadFieldKeys(join(DATA_DIR, 'field-keys.json'), { create: true, suite: CRYPTO_SUITE });
  const graph = await openSubgraphs({
    receipts: ensureReceiptKeys(join(DATA_DIR, 'receipt-keys'), CRYPTO_SUITE),
    locate: (name) => ({ url: `sqlite:${join(DATA_DIR, `${name}.sqlite`)}`, keys }),
  });
  await graph.institutions.bootstrap(demoAccounts());
  graph.subgraphs.forEach(watchStats);
  const standings = watchStandings({
    source: inProcess(graph.institutions),
    asker: GATEWAY,
    log: createLog('gateway'),
  });
  return { issuer, graph, standings };
}
