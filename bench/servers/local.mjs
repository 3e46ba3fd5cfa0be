/** Xueji in one process over rows in memory, with every guard on: only the databases are missing. */
import '../../dist/gateway/telemetry-off.js';
import { filedCallers } from '../../dist/gateway/caller.js';
import { openDevIssuer } from '../../dist/gateway/dev-issuer.js';
import { guards } from '../../dist/gateway/guards.js';
import { startGateway } from '../../dist/gateway/server.js';
import { gatewayEnv, readEnv } from '../../dist/kernel/serve/config.js';
import { withDeadline } from '../../dist/kernel/serve/deadline.js';
import { inProcess } from '../../dist/kernel/serve/in-process.js';
import { createLog } from '../../dist/kernel/serve/log.js';
import { protectedSource } from '../../dist/kernel/serve/protected.js';
import { GATEWAY, watchStandings } from '../../dist/kernel/serve/standings.js';
import { memorySubgraph, NAMES } from '../memory/graph.mjs';

const env = readEnv(gatewayEnv);
const issuer = await openDevIssuer(env.DATA_DIR);
const subgraphs = NAMES.map(memorySubgraph);
const standings = watchStandings({
  source: inProcess(subgraphs.find(({ name }) => name === 'institutions')),
  asker: GATEWAY,
  log: createLog('gateway'),
});
const { url, stop } = await startGateway({
  port: env.PORT,
  sources: subgraphs.map((one) =>
    protectedSource(withDeadline(inProcess(one), { queryMs: 5_000, mutationMs: 30_000 })),
  ),
  callers: filedCallers(issuer.callers, standings),
  standings,
  landing: 'off',
  ...guards(env),
});
process.on('SIGTERM', () => void stop().then(() => process.exit(0)));
process.send?.({ url: `${url}/graphql` });
