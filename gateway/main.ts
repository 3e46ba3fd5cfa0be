/** The gateway alone, over HTTP, as the environment says: on all cores, or in this process where one worker is asked for. */
import './telemetry-off.ts';
import { ADMIN_PORTS, ConfigError, gatewayEnv, readEnv, type GatewayEnv } from '../kernel/serve/config.ts';
import { createLog } from '../kernel/serve/log.ts';
import { startOperations } from '../kernel/serve/operations.ts';
import { runProcess, type Running } from '../kernel/serve/process.ts';
import { primary } from '../kernel/serve/workers/primary.ts';
import { filedCallers, oidcTokens, type TokenVerifier } from './caller.ts';
import { countedBy } from './counts.ts';
import { openDevIssuer } from './dev-issuer.ts';
import { guards } from './guards.ts';
import { startGateway } from './server.ts';
import { openUpstream } from './upstream.ts';
import { onAllCores, startGatewayWorkers } from './workers.ts';

/** Longer than a client takes to send its next request, shorter than anybody waits for. */
const LINGER_MS = 500;

function start(): Promise<Running> {
  const env = readEnv(gatewayEnv);
  const count = env.GATEWAY_WORKERS ?? onAllCores();
  return primary || count === 1 ? serve(env) : startGatewayWorkers(env, { service: 'gateway', count });
}

async function serve(env: GatewayEnv): Promise<Running> {
  const operations = await startOperations('gateway', env, ADMIN_PORTS.gateway);
  const { sources, standings } = await openUpstream(env);
  const gateway = await startGateway({
    host: env.HOST,
    port: env.PORT,
    sources,
    callers: filedCallers(await tokens(env), standings),
    standings,
    ...(primary && { counts: countedBy(primary) }),
    ...(env.SUPERGRAPH_PATH && { supergraph: { path: env.SUPERGRAPH_PATH } }),
    graceMs: env.SHUTDOWN_GRACE_MS,
    lingerMs: LINGER_MS,
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

async function tokens(env: GatewayEnv): Promise<TokenVerifier> {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_JWKS_URI: jwksUri } = env;
  if (issuer && jwksUri) return oidcTokens({ issuer, audience, jwksUri });
  if (issuer || jwksUri) throw new ConfigError('OIDC_ISSUER and OIDC_JWKS_URI: expected together, one came');
  return (await openDevIssuer(env.DATA_DIR, env.NODE_ENV)).callers;
}

await runProcess(createLog('gateway'), start);
