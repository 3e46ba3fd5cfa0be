/** The product's executor in process in a plain Apollo Server, with the caller's token and no guard else: what the guards cost is told from it. */
import '../../dist/gateway/telemetry-off.js';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { openDevIssuer } from '../../dist/gateway/dev-issuer.js';
import { createExecutor } from '../../dist/gateway/executor.js';
import { readSupergraph } from '../../dist/gateway/supergraph.js';
import { gatewayEnv, readEnv } from '../../dist/kernel/serve/config.js';
import { inProcess } from '../../dist/kernel/serve/in-process.js';
import { createLog } from '../../dist/kernel/serve/log.js';
import { believing } from '../lib/ask.mjs';
import { memorySubgraph, NAMES } from '../memory/graph.mjs';

const require = createRequire(new URL('../../package.json', import.meta.url));
const { ApolloServer } = require('@apollo/server');
const { startStandaloneServer } = require('@apollo/server/standalone');
const { ApolloServerPluginCacheControlDisabled } = require('@apollo/server/plugin/disabled');

const env = readEnv(gatewayEnv);
const callers = believing((await openDevIssuer(env.DATA_DIR)).callers);
const server = new ApolloServer({
  gateway: createExecutor({
    supergraph: readSupergraph(),
    sources: NAMES.map((name) => inProcess(memorySubgraph(name))),
    log: createLog('gateway'),
  }),
  plugins: [ApolloServerPluginCacheControlDisabled()],
});
const { url } = await startStandaloneServer(server, {
  listen: { host: env.HOST, port: env.PORT },
  context: async ({ req }) => ({
    viewer: await callers(req.headers.authorization),
    requestId: randomUUID(),
  }),
});
process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
process.send?.({ url });
