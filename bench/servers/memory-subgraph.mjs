/**
 * One of the four over rows in memory: `product` behind the product's own HTTP front, which lets in signed calls only;
 * `stock` as Apollo Server serves it when one writes it first, open to everybody.
 */
import { createRequire } from 'node:module';
import { readIdentityKeys } from '../../dist/kernel/serve/identity-keys.js';
import { serveSubgraph } from '../../dist/kernel/serve/subgraph-server.js';
import { memorySubgraph, subgraphSchema } from '../memory/graph.mjs';

const require = createRequire(new URL('../../package.json', import.meta.url));
const { ApolloServer } = require('@apollo/server');
const { startStandaloneServer } = require('@apollo/server/standalone');

const [, , kind, name] = process.argv;
const port = Number(process.env.PORT);

if (kind === 'stock') {
  const server = new ApolloServer({ schema: subgraphSchema(name) });
  const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port } });
  process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
  process.send?.({ url });
} else {
  const { IDENTITY_PRIVATE_KEY_FILE, IDENTITY_PUBLIC_KEYS_FILE } = process.env;
  const keys = await readIdentityKeys(name, IDENTITY_PRIVATE_KEY_FILE, IDENTITY_PUBLIC_KEYS_FILE);
  const { url, stop } = await serveSubgraph(memorySubgraph(name), { port, keys });
  process.on('SIGTERM', () => void stop().then(() => process.exit(0)));
  process.send?.({ url: `${url}/graphql` });
}
