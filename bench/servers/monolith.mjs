/** The same resolvers as one schema in Apollo Server: no federation at all. */
import '../../dist/gateway/telemetry-off.js';
import { createRequire } from 'node:module';
import { openDevIssuer } from '../../dist/gateway/dev-issuer.js';
import { gatewayEnv, readEnv } from '../../dist/kernel/serve/config.js';
import { believing } from '../lib/ask.mjs';
import { monolithSchema } from '../memory/graph.mjs';

const require = createRequire(new URL('../../package.json', import.meta.url));
const { ApolloServer } = require('@apollo/server');
const { startStandaloneServer } = require('@apollo/server/standalone');
const { ApolloServerPluginCacheControlDisabled } = require('@apollo/server/plugin/disabled');

const env = readEnv(gatewayEnv);
const callers = believing((await openDevIssuer(env.DATA_DIR)).callers);
const server = new ApolloServer({
  schema: monolithSchema(),
  // Or it is slower by a third, and nobody's caches are asked for here.
  plugins: [ApolloServerPluginCacheControlDisabled()],
});
const { url } = await startStandaloneServer(server, {
  listen: { host: env.HOST, port: env.PORT },
  context: async ({ req }) => ({ viewer: await callers(req.headers.authorization) }),
});
process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
process.send?.({ url });
