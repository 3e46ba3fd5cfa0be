/**
 * Xueji in one process as `npm start` runs it, but on MariaDB (argument: its address without a database's name).
 * Seeds the demonstration county before it says where it is.
 */
import '../../dist/gateway/telemetry-off.js';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { demoAccounts } from '../../dist/clients/cli/demo/first-accounts.js';
import { askOver, seedOnce } from '../../dist/embedded/demo.js';
import { openSubgraphs } from '../../dist/embedded/graph.js';
import { filedCallers } from '../../dist/gateway/caller.js';
import { openDevIssuer } from '../../dist/gateway/dev-issuer.js';
import { guards } from '../../dist/gateway/guards.js';
import { startGateway } from '../../dist/gateway/server.js';
import { gatewayEnv, readEnv } from '../../dist/kernel/serve/config.js';
import { inProcess } from '../../dist/kernel/serve/in-process.js';
import { createLog } from '../../dist/kernel/serve/log.js';
import { GATEWAY, watchStandings } from '../../dist/kernel/serve/standings.js';
import { loadFieldKeys } from '../../dist/kernel/store/seal.js';
import { databaseOf } from '../take-over/server.mjs';

const [, , server] = process.argv;
const env = readEnv(gatewayEnv);
mkdirSync(env.DATA_DIR, { recursive: true });
const keys = loadFieldKeys(join(env.DATA_DIR, 'field-keys.json'), { create: true, suite: env.CRYPTO_SUITE });
const graph = await openSubgraphs({ locate: (name) => ({ url: databaseOf(server, name), keys }) });
await graph.institutions.bootstrap(demoAccounts());
const issuer = await openDevIssuer(env.DATA_DIR);
const standings = watchStandings({
  source: inProcess(graph.institutions),
  asker: GATEWAY,
  log: createLog('gateway'),
});
const { url, stop } = await startGateway({
  port: env.PORT,
  sources: graph.sources,
  callers: filedCallers(issuer.callers, standings),
  standings,
  landing: 'off',
  ...guards(env),
  requestLines: 'debug',
});
await seedOnce(env.DATA_DIR, askOver(`${url}/graphql`, issuer));
process.on(
  'SIGTERM',
  () =>
    void stop()
      .finally(graph.close)
      .then(() => process.exit(0)),
);
process.send?.({ url: `${url}/graphql` });
