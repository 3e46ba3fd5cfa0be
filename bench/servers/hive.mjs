/**
 * Hive Gateway over HTTP on the committed supergraph. It runs on its Rust planner, its fastest form, where that
 * loads (HIVE_RUNTIME=default keeps it off); the caller's token is checked once and each call is signed for its subgraph.
 */
import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import { createGatewayRuntime } from '@graphql-hive/gateway';
import { openDevIssuer } from '../../dist/gateway/dev-issuer.js';
import { readSupergraph } from '../../dist/gateway/supergraph.js';
import { PURPOSE_HEADER } from '../../dist/kernel/rules/purposes.js';
import { gatewayEnv, readEnv, SUBGRAPH_URLS } from '../../dist/kernel/serve/config.js';
import { readIdentityKeys } from '../../dist/kernel/serve/identity-keys.js';
import { IDENTITY_HEADER, signIdentity } from '../../dist/kernel/serve/identity.js';
import { believing } from '../lib/ask.mjs';

const env = readEnv(gatewayEnv);
const callers = believing((await openDevIssuer(env.DATA_DIR)).callers);
const keys = await readIdentityKeys('gateway', env.IDENTITY_PRIVATE_KEY_FILE, env.IDENTITY_PUBLIC_KEYS_FILE);
const subgraphs = Object.entries(SUBGRAPH_URLS).map(([variable, name]) => ({ name, url: env[variable] }));
const nameOf = new Map(subgraphs.map(({ name, url }) => [url, name]));

const signing = {
  async onContextBuilding({ context, extendContext }) {
    const viewer = await callers(context.request.headers.get('authorization') ?? undefined);
    const purpose = context.request.headers.get(PURPOSE_HEADER) ?? undefined;
    extendContext({ viewer, requestId: randomUUID(), purpose });
  },
  async onFetch({ url, options, setOptions, context }) {
    const subgraph = nameOf.get(url);
    if (!subgraph || !context.viewer || process.env.UNSIGNED) return;
    const token = signIdentity(keys, subgraph, context);
    setOptions({ ...options, headers: { ...options.headers, [IDENTITY_HEADER]: token } });
  },
};

async function rustPlanner() {
  if (process.env.HIVE_RUNTIME === 'default') return {};
  try {
    const { unifiedGraphHandler } = await import('@graphql-hive/router-runtime');
    return { unifiedGraphHandler };
  } catch (error) {
    // Its binary is built for glibc only.
    process.stderr.write(`Hive Gateway runs on its default runtime: ${error.code ?? error.name}\n`);
    return {};
  }
}

const runtime = createGatewayRuntime({
  supergraph: readSupergraph(),
  transportEntries: Object.fromEntries(subgraphs.map(({ name, url }) => [name, { location: url }])),
  logging: false,
  plugins: () => [signing],
  ...(await rustPlanner()),
});
await runtime.getSchema();
const server = createServer(runtime);
server.listen(env.PORT, env.HOST, () => {
  process.send?.({ url: `http://${env.HOST}:${server.address().port}/graphql` });
});
process.on('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  void Promise.resolve(runtime[Symbol.asyncDispose]()).finally(() => process.exit(0));
});
