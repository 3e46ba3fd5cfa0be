/** The subgraphs as the gateway reaches them over HTTP, where the environment says. */
import { ConfigError, SUBGRAPH_URLS, type GatewayEnv } from '../kernel/serve/config.ts';
import type { DataSource } from '../kernel/serve/data-source.ts';
import type { IdentityKeys } from '../kernel/serve/identity.ts';
import { readIdentityKeys } from '../kernel/serve/identity-keys.ts';
import { createLog } from '../kernel/serve/log.ts';
import { overHttp } from '../kernel/serve/over-http.ts';
import { protectedSource } from '../kernel/serve/protected.ts';
import { GATEWAY, STANDINGS_DEADLINES, watchStandings } from '../kernel/serve/standings.ts';

export async function openUpstream(env: GatewayEnv) {
  const keys = await keysIn(env);
  return { sources: sources(env, keys), standings: standingsIn(env, keys) };
}

/** Over a connection of its own, since a slow answer to another question must not hold up this one. */
function standingsIn(env: GatewayEnv, keys: IdentityKeys) {
  const source = overHttp(
    { name: 'institutions', url: env.SUBGRAPH_INSTITUTIONS_URL },
    keys,
    STANDINGS_DEADLINES,
  );
  return watchStandings({ source, asker: GATEWAY, log: createLog('gateway') });
}

async function keysIn(env: GatewayEnv) {
  for (const variable of ['IDENTITY_PRIVATE_KEY_FILE', 'IDENTITY_PUBLIC_KEYS_FILE'] as const) {
    if (!env[variable]) throw new ConfigError(`${variable}: expected, nothing came`);
  }
  return readIdentityKeys('gateway', env.IDENTITY_PRIVATE_KEY_FILE!, env.IDENTITY_PUBLIC_KEYS_FILE!);
}

function sources(env: GatewayEnv, keys: IdentityKeys): DataSource[] {
  const deadlines = { queryMs: env.SUBGRAPH_TIMEOUT_MS, mutationMs: env.SUBGRAPH_MUTATION_TIMEOUT_MS };
  return Object.entries(SUBGRAPH_URLS).map(([variable, name]) =>
    protectedSource(overHttp({ name, url: env[variable as keyof typeof SUBGRAPH_URLS] }, keys, deadlines)),
  );
}
