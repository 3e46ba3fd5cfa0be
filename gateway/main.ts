/** The gateway alone, over HTTP, as the environment says. */
import './telemetry-off.ts';
import {
  ADMIN_PORTS,
  ConfigError,
  gatewayEnv,
  readEnv,
  SUBGRAPH_URLS,
  type GatewayEnv,
} from '../kernel/serve/config.ts';
import type { DataSource } from '../kernel/serve/data-source.ts';
import type { IdentityKeys } from '../kernel/serve/identity.ts';
import { readIdentityKeys } from '../kernel/serve/identity-keys.ts';
import { createLog } from '../kernel/serve/log.ts';
import { startOperations } from '../kernel/serve/operations.ts';
import { overHttp } from '../kernel/serve/over-http.ts';
import { protectedSource } from '../kernel/serve/protected.ts';
import { runProcess } from '../kernel/serve/process.ts';
import { guards } from './guards.ts';
import { filedCallers, oidcTokens, type TokenVerifier } from './caller.ts';
import { openDevIssuer } from './dev-issuer.ts';
import { GATEWAY, STANDINGS_DEADLINES, watchStandings } from '../kernel/serve/standings.ts';
import { startGateway } from './server.ts';

async function start() {
  const env = readEnv(gatewayEnv);
  const operations = await startOperations('gateway', env, ADMIN_PORTS.gateway);
  const keys = await keysIn(env);
  const standings = standingsIn(env, keys);
  const gateway = await startGateway({
    host: env.HOST,
    port: env.PORT,
    sources: sources(env, keys),
    callers: filedCallers(await tokens(env), standings),
    standings,
    ...(env.SUPERGRAPH_PATH && { supergraph: { path: env.SUPERGRAPH_PATH } }),
    graceMs: env.SHUTDOWN_GRACE_MS,
    ...openings(env),
    ...guards(env),
  });
  return { url: gateway.url, stop: () => gateway.stop().finally(operations.stop) };
}

/** What is open in development and closed in production, unless the environment says otherwise. */
function openings({ NODE_ENV, GRAPHQL_INTROSPECTION, GRAPHQL_LANDING }: GatewayEnv) {
  const production = NODE_ENV === 'production';
  const introspection = GRAPHQL_INTROSPECTION ?? !production;
  return { production, introspection, landing: GRAPHQL_LANDING ?? (production ? 'off' : 'sandbox') };
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

async function tokens(env: GatewayEnv): Promise<TokenVerifier> {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_JWKS_URI: jwksUri } = env;
  if (issuer && jwksUri) return oidcTokens({ issuer, audience, jwksUri });
  if (issuer || jwksUri) throw new ConfigError('OIDC_ISSUER and OIDC_JWKS_URI: expected together, one came');
  return (await openDevIssuer(env.DATA_DIR, env.NODE_ENV)).callers;
}

await runProcess(createLog('gateway'), start);
