/** Stock Apollo Gateway over HTTP, as one would write it first; only the identity header is added,
 * and not even that where the subgraphs ask for none (UNSIGNED).
 */
import '../../dist/gateway/telemetry-off.js';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { openDevIssuer } from '../../dist/gateway/dev-issuer.js';
import { readSupergraph } from '../../dist/gateway/supergraph.js';
import { gatewayEnv, readEnv, SUBGRAPH_URLS } from '../../dist/kernel/serve/config.js';
import { readIdentityKeys } from '../../dist/kernel/serve/identity-keys.js';
import { IDENTITY_HEADER, signIdentity } from '../../dist/kernel/serve/identity.js';
import { believing } from '../lib/ask.mjs';

// The product's copies, so that both gateways run on the same versions.
const require = createRequire(new URL('../../package.json', import.meta.url));
const { ApolloGateway, RemoteGraphQLDataSource } = require('@apollo/gateway');
const { ApolloServer } = require('@apollo/server');
const { startStandaloneServer } = require('@apollo/server/standalone');

const env = readEnv(gatewayEnv);
const callers = believing((await openDevIssuer(env.DATA_DIR)).callers);
const keys = await readIdentityKeys('gateway', env.IDENTITY_PRIVATE_KEY_FILE, env.IDENTITY_PUBLIC_KEYS_FILE);
const urls = Object.fromEntries(Object.entries(SUBGRAPH_URLS).map(([name, to]) => [to, env[name]]));

class SignedDataSource extends RemoteGraphQLDataSource {
  async willSendRequest({ request, context }) {
    if (!context.viewer || process.env.UNSIGNED) return;
    const token = signIdentity(keys, this.subgraph, context);
    request.http.headers.set(IDENTITY_HEADER, token);
  }
}

const server = new ApolloServer({
  gateway: new ApolloGateway({
    supergraphSdl: readSupergraph(),
    buildService: ({ name }) => new SignedDataSource({ url: urls[name], subgraph: name }),
  }),
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
