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
import { readSigningKey } from '../kernel/serve/identity-keys.ts';
import { createLog } from '../kernel/serve/log.ts';
import { startOperations } from '../kernel/serve/operations.ts';
import { overHttp } from '../kernel/serve/over-http.ts';
import { protectedSource } from '../kernel/serve/protected.ts';
import { runProcess } from '../kernel/serve/process.ts';
import { oidcCallers, type CallerVerifier } from './caller.ts';
import { guards } from './guards.ts';
import { openDevIssuer } from './dev-issuer.ts';
import { startGateway } from './server.ts';

async function start() {
  const env = readEnv(gatewayEnv);
  const operations = await startOperations('gateway', env, ADMIN_PORTS.gateway);
  const gateway = await startGateway({
    host: env.HOST,
    port: env.PORT,
    sources: await sources(env),
    callers: await callers(env),
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

async function sources(env: GatewayEnv): Promise<DataSource[]> {
  if (!env.IDENTITY_PRIVATE_KEY_FILE)
    throw new ConfigError('IDENTITY_PRIVATE_KEY_FILE: expected, nothing came');
  const signer = await readSigningKey('gateway', env.IDENTITY_PRIVATE_KEY_FILE);
  const deadlines = { queryMs: env.SUBGRAPH_TIMEOUT_MS, mutationMs: env.SUBGRAPH_MUTATION_TIMEOUT_MS };
  return Object.entries(SUBGRAPH_URLS).map(([variable, name]) =>
    protectedSource(overHttp({ name, url: env[variable as keyof typeof SUBGRAPH_URLS] }, signer, deadlines)),
  );
}

async function callers(env: GatewayEnv): Promise<CallerVerifier> {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_JWKS_URI: jwksUri } = env;
  if (issuer && jwksUri) return oidcCallers({ issuer, audience, jwksUri });
  if (issuer || jwksUri) throw new ConfigError('OIDC_ISSUER and OIDC_JWKS_URI: expected together, one came');
  return (await openDevIssuer(env.DATA_DIR, env.NODE_ENV)).callers;
}

await runProcess(createLog('gateway'), start);
