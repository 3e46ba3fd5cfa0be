/** The four subgraphs of this process for gateways beside it: on free ports of this machine, signed calls only. */
import { join } from 'node:path';
import { SUBGRAPH_URLS, type GatewayEnv } from '../kernel/serve/config.ts';
import { ensureIdentityKeys } from '../kernel/serve/identity-keys.ts';
import { serveSubgraph } from '../kernel/serve/subgraph-server.ts';
import type { House } from './house.ts';

/** `env` tells a gateway where they are and by which keys it is known; `stop` closes them. */
export async function serveHouse({ DATA_DIR, SHUTDOWN_GRACE_MS }: GatewayEnv, { graph, standings }: House) {
  const keys = ensureIdentityKeys(join(DATA_DIR, 'identity'));
  const options = { host: '127.0.0.1', port: 0, standings, graceMs: SHUTDOWN_GRACE_MS };
  const servers = new Map(
    await Promise.all(
      graph.subgraphs.map(async (subgraph) => {
        const server = await serveSubgraph(subgraph, { ...options, keys: await keys.of(subgraph.name) });
        return [subgraph.name, server] as const;
      }),
    ),
  );
  const urls = Object.entries(SUBGRAPH_URLS).map(([variable, name]) => {
    return [variable, `${servers.get(name)!.url}/graphql`] as const;
  });
  return {
    env: {
      ...Object.fromEntries(urls),
      IDENTITY_PRIVATE_KEY_FILE: keys.privateKeyFile.gateway,
      IDENTITY_PUBLIC_KEYS_FILE: keys.publicKeysFile,
    },
    stop: async (): Promise<void> => {
      await graph.rest();
      await Promise.all([...servers.values()].map((server) => server.stop()));
    },
  };
}
